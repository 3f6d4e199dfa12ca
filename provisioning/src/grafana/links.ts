import type { DashboardLink } from './dashboard.ts'

const link = (title: string, tooltip: string, url: string, more: Partial<DashboardLink>): DashboardLink => ({
  title,
  type: 'link',
  icon: 'external link',
  tooltip,
  url,
  tags: [],
  asDropdown: false,
  targetBlank: false,
  includeVars: false,
  keepTime: false,
  ...more,
})

export const fleetLink = link('设备群监控', 'The fleet', '/d/fettle-fleet', { icon: 'dashboard', keepTime: true })
export const assetLink = link('设备详情', 'One machine', '/d/fettle-asset', { icon: 'dashboard', keepTime: true })
export const homeLink = link('机康', 'Fettle', '${fettle:raw}', { targetBlank: true })
/** 一机一档 of the machine chosen. */
export const fileLink = link('设备档案', 'The machine’s file in Fettle', '${fettle:raw}/assets/${machine:raw}', {
  targetBlank: true,
})
export const ticketsLink = link('工单', 'Its tickets in Fettle', '${fettle:raw}/tickets?assetId=${machine:raw}', {
  targetBlank: true,
})
