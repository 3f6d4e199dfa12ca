import { literals } from './literals.ts'

/** TKT-1. In the order of the normal path; the last three leave it. */
export const ticketStates = [
  'received', // 待受理
  'remote', // 远程处理
  'quote', // 待报价确认
  'dispatch', // 待派单
  'assigned', // 已派单
  'accepted', // 已接单
  'scheduled', // 已预约
  'travelling', // 途中
  'repairing', // 维修中
  'confirmation', // 待客户确认
  'review', // 待复核
  'follow-up', // 待回访
  'closed', // 已关闭
  'archived', // 已归档
  'on-hold', // 挂起
  'cancelled', // 已取消
  'merged', // 已合并
] as const
export type TicketState = (typeof ticketStates)[number]
/** Nothing more is to be done; only `closed` can be opened again. */
export const finishedStates = ['closed', 'archived', 'cancelled', 'merged'] as const satisfies readonly TicketState[]

export const ticketActions = [
  'start-remote',
  'resolve-remotely',
  'ask-quote',
  'approve-quote',
  'to-dispatch',
  'assign',
  'accept',
  'decline',
  'schedule',
  'depart',
  'check-in',
  'report',
  'confirm',
  'dispute',
  'approve-report',
  'return-report',
  'close',
  'archive',
  'hold',
  'resume',
  'cancel',
  'merge',
  'reopen',
] as const
export type TicketAction = (typeof ticketActions)[number]

/** Actions that need words at most (a reason, what is waited for); the others have an operation of their own. */
export const plainTicketActions = [
  'start-remote',
  'resolve-remotely',
  'ask-quote',
  'approve-quote',
  'to-dispatch',
  'accept',
  'decline',
  'confirm',
  'dispute',
  'approve-report',
  'return-report',
  'close',
  'archive',
  'hold',
  'resume',
  'cancel',
  'reopen',
] as const satisfies readonly TicketAction[]
export type PlainTicketAction = (typeof plainTicketActions)[number]

/** 维修 预警 保养 巡检 安装调试 改造 投诉, with the letters that begin a ticket's number. */
export const ticketTypes = [
  'repair',
  'predictive',
  'maintenance',
  'inspection',
  'installation',
  'retrofit',
  'complaint',
] as const
export type TicketType = (typeof ticketTypes)[number]

export const ticketSources = ['alarm', 'phone', 'portal', 'qr', 'email', 'preventive', 'rework'] as const
export type TicketSource = (typeof ticketSources)[number]

export const priorities = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof priorities)[number]

/** RUL-8: a track of its own beside the ticket’s state. */
export const verificationStates = ['not-needed', 'pending', 'observing', 'passed', 'failed'] as const
export type VerificationState = (typeof verificationStates)[number]

/** 未结 待对账 已对账 已开票 已回款. */
export const settlementStates = ['unsettled', 'to-reconcile', 'reconciled', 'invoiced', 'paid'] as const
export type SettlementState = (typeof settlementStates)[number]

/**
 * What an interrupted ticket waits for: the customer's stop of the machine, approval of a quote, payment; or our part, help
 * from a colleague. Waiting for the customer pauses the promises made to him, waiting for ourselves does not (SLA-1).
 */
export const waitingFors = ['customer-stop', 'customer-quote', 'customer-payment', 'our-part', 'our-help'] as const
export type WaitingFor = (typeof waitingFors)[number]

export const TicketStateSchema = literals(ticketStates)
export const TicketActionSchema = literals(ticketActions)
export const WaitingForSchema = literals(waitingFors)
