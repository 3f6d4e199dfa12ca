import { literals } from './literals.ts'

/** DESIGN: admin, 售后经理, 调度, 客服, 工程师, 网点管理员, 库管, 财务, 技术支持, 质量, 客户. */
export const roles = [
  'admin',
  'manager',
  'dispatcher',
  'desk',
  'engineer',
  'branch',
  'storekeeper',
  'finance',
  'expert',
  'quality',
  'customer',
] as const
export type Role = (typeof roles)[number]
export const RoleSchema = literals(roles)
