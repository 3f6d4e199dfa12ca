import type { Role } from '@fettle/contracts/roles'
import type { Text } from '@fettle/contracts/scalars'
import type { TicketAction, TicketState, WaitingFor } from '@fettle/contracts/ticket-life-cycle'

/** What a step cannot do without: words, what is waited for, an engineer, an appointment, a completion report. */
export type Requirement = 'reason' | 'waiting' | 'engineer' | 'visit' | 'report'
/** Moments that the life cycle keeps on the ticket; SLA clocks and overviews read them. */
export type Stamp = 'answeredAt' | 'arrivedAt' | 'restoredAt' | 'closedAt'

export interface WorkflowState {
  readonly state: TicketState
  readonly name: Text
  /** Nothing follows it. */
  readonly final?: true
  /** Whoever is in this state waits for this; where people say it themselves, the step into it requires `waiting`. */
  readonly waitsFor?: WaitingFor
}

/** One row of the table: who may take which step from where to where, and what it leaves on the ticket. */
export interface Transition {
  readonly action: TicketAction
  readonly from: readonly TicketState[]
  /** `resume`: back to where the ticket was before it was interrupted. */
  readonly to: TicketState | 'resume'
  readonly roles: readonly Role[]
  readonly requires: readonly Requirement[]
  readonly label: Text
  /** What the step is called instead from these states. */
  readonly labelFrom?: Partial<Record<TicketState, Text>>
  /** The states in which this is the usual next step; a screen shows it first. */
  readonly primaryFrom?: readonly TicketState[]
  /** Set to the time of the step where still empty. */
  readonly stamps?: readonly Stamp[]
  /** Emptied again: what they said is no longer true. */
  readonly clears?: readonly (Stamp | 'engineer')[]
  /** A planned or running appointment ends with this step. */
  readonly endsVisit?: true
}

/** The life cycle as data: `transition` interprets it, screens draw buttons from it, administrators edit it. */
export interface Workflow {
  readonly initial: TicketState
  readonly states: readonly WorkflowState[]
  readonly transitions: readonly Transition[]
}

/** People who talk to the customer and those who give out work; an administrator may take any step. */
const desk = ['desk', 'manager', 'admin'] as const satisfies readonly Role[]
const dispatchers = ['dispatcher', 'branch', ...desk] as const satisfies readonly Role[]
/** A branch's head also stands in for its engineers. */
const field = ['engineer', 'branch', 'admin'] as const satisfies readonly Role[]
const appointers = ['engineer', ...dispatchers] as const satisfies readonly Role[]
const remoteSupport = ['expert', 'dispatcher', ...desk] as const satisfies readonly Role[]
const signers = ['customer', ...desk] as const satisfies readonly Role[]
const reviewers = ['manager', 'expert', 'admin'] as const satisfies readonly Role[]

const beforeDeparture = [
  'received',
  'remote',
  'quote',
  'dispatch',
  'assigned',
  'accepted',
  'scheduled',
] as const satisfies readonly TicketState[]

const reassign: Text = { zh: '改派', en: 'Reassign' }

/**
 * TKT-1 as delivered. The normal path runs down the list; a customer who disagrees, a reopened ticket and a declined one
 * go back to `dispatch`, because somebody must decide who goes now. A second visit is `schedule` from `repairing`.
 */
export const standardWorkflow: Workflow = {
  initial: 'received',
  states: [
    { state: 'received', name: { zh: '待受理', en: 'Received' } },
    { state: 'remote', name: { zh: '远程处理', en: 'Remote support' } },
    { state: 'quote', name: { zh: '待报价确认', en: 'Awaiting quote approval' }, waitsFor: 'customer-quote' },
    { state: 'dispatch', name: { zh: '待派单', en: 'Awaiting dispatch' } },
    { state: 'assigned', name: { zh: '已派单', en: 'Assigned' } },
    { state: 'accepted', name: { zh: '已接单', en: 'Accepted' } },
    { state: 'scheduled', name: { zh: '已预约', en: 'Scheduled' } },
    { state: 'travelling', name: { zh: '途中', en: 'On the way' } },
    { state: 'repairing', name: { zh: '维修中', en: 'Repairing' } },
    { state: 'confirmation', name: { zh: '待客户确认', en: 'Awaiting customer confirmation' } },
    { state: 'review', name: { zh: '待复核', en: 'Awaiting review' } },
    { state: 'follow-up', name: { zh: '待回访', en: 'Awaiting follow-up' } },
    { state: 'closed', name: { zh: '已关闭', en: 'Closed' } },
    { state: 'archived', name: { zh: '已归档', en: 'Archived' }, final: true },
    { state: 'on-hold', name: { zh: '挂起', en: 'On hold' } },
    { state: 'cancelled', name: { zh: '已取消', en: 'Cancelled' }, final: true },
    { state: 'merged', name: { zh: '已合并', en: 'Merged' }, final: true },
  ],
  transitions: [
    {
      action: 'to-dispatch',
      from: ['received', 'remote'],
      to: 'dispatch',
      roles: dispatchers,
      requires: [],
      label: { zh: '提交派单', en: 'Send to dispatch' },
      primaryFrom: ['received'],
      stamps: ['answeredAt'],
    },
    {
      action: 'start-remote',
      from: ['received'],
      to: 'remote',
      roles: remoteSupport,
      requires: [],
      label: { zh: '远程处理', en: 'Start remote support' },
      stamps: ['answeredAt'],
    },
    {
      action: 'resolve-remotely',
      from: ['remote'],
      to: 'confirmation',
      roles: remoteSupport,
      requires: ['reason'],
      label: { zh: '远程解决', en: 'Resolved remotely' },
      primaryFrom: ['remote'],
      stamps: ['restoredAt'],
    },
    {
      action: 'ask-quote',
      from: ['received', 'remote', 'dispatch'],
      to: 'quote',
      roles: ['dispatcher', 'branch', ...desk],
      requires: [],
      label: { zh: '请客户确认报价', en: 'Ask for quote approval' },
      stamps: ['answeredAt'],
    },
    {
      action: 'approve-quote',
      from: ['quote'],
      to: 'dispatch',
      roles: signers,
      requires: [],
      label: { zh: '同意报价', en: 'Approve quote' },
      primaryFrom: ['quote'],
    },
    {
      action: 'assign',
      from: ['dispatch', 'assigned', 'accepted', 'scheduled'],
      to: 'assigned',
      roles: dispatchers,
      requires: ['engineer'],
      label: { zh: '派单', en: 'Assign' },
      labelFrom: { assigned: reassign, accepted: reassign, scheduled: reassign },
      primaryFrom: ['dispatch'],
      stamps: ['answeredAt'],
      endsVisit: true,
    },
    {
      action: 'accept',
      from: ['assigned'],
      to: 'accepted',
      roles: field,
      requires: [],
      label: { zh: '接单', en: 'Accept' },
      primaryFrom: ['assigned'],
    },
    {
      action: 'decline',
      from: ['assigned', 'accepted'],
      to: 'dispatch',
      roles: field,
      requires: ['reason'],
      label: { zh: '退单', en: 'Decline' },
      clears: ['engineer'],
      endsVisit: true,
    },
    {
      action: 'schedule',
      from: ['accepted', 'scheduled', 'repairing'],
      to: 'scheduled',
      roles: appointers,
      requires: ['visit'],
      label: { zh: '预约上门', en: 'Schedule visit' },
      labelFrom: { repairing: { zh: '再约上门', en: 'Schedule another visit' } },
      primaryFrom: ['accepted'],
    },
    {
      action: 'depart',
      from: ['scheduled'],
      to: 'travelling',
      roles: field,
      requires: [],
      label: { zh: '出发', en: 'Depart' },
      primaryFrom: ['scheduled'],
    },
    {
      action: 'check-in',
      from: ['scheduled', 'travelling'],
      to: 'repairing',
      roles: field,
      requires: [],
      label: { zh: '到场打卡', en: 'Check in' },
      primaryFrom: ['travelling'],
      stamps: ['arrivedAt'],
    },
    {
      action: 'report',
      from: ['repairing'],
      to: 'confirmation',
      roles: field,
      requires: ['report'],
      label: { zh: '提交完工报告', en: 'Submit report' },
      primaryFrom: ['repairing'],
      stamps: ['restoredAt'],
    },
    {
      action: 'confirm',
      from: ['confirmation'],
      to: 'review',
      roles: signers,
      requires: [],
      label: { zh: '确认修好', en: 'Confirm repair' },
      primaryFrom: ['confirmation'],
    },
    {
      action: 'dispute',
      from: ['confirmation'],
      to: 'dispatch',
      roles: signers,
      requires: ['reason'],
      label: { zh: '有异议', en: 'Disagree' },
      clears: ['engineer', 'restoredAt'],
    },
    {
      action: 'approve-report',
      from: ['review'],
      to: 'follow-up',
      roles: reviewers,
      requires: [],
      label: { zh: '复核通过', en: 'Approve report' },
      primaryFrom: ['review'],
    },
    {
      action: 'return-report',
      from: ['review'],
      to: 'repairing',
      roles: reviewers,
      requires: ['reason'],
      label: { zh: '退回报告', en: 'Return report' },
    },
    {
      action: 'close',
      from: ['follow-up'],
      to: 'closed',
      roles: desk,
      requires: [],
      label: { zh: '回访完成，关闭', en: 'Followed up, close' },
      primaryFrom: ['follow-up'],
      stamps: ['closedAt'],
    },
    {
      action: 'archive',
      from: ['closed'],
      to: 'archived',
      roles: ['finance', ...desk],
      requires: [],
      label: { zh: '归档', en: 'Archive' },
    },
    {
      action: 'reopen',
      from: ['closed'],
      to: 'dispatch',
      roles: ['quality', ...desk],
      requires: ['reason'],
      label: { zh: '重新打开', en: 'Reopen' },
      clears: ['engineer', 'restoredAt', 'closedAt'],
    },
    {
      action: 'hold',
      from: [...beforeDeparture, 'travelling', 'repairing'],
      to: 'on-hold',
      roles: appointers,
      requires: ['waiting', 'reason'],
      label: { zh: '挂起', en: 'Put on hold' },
    },
    {
      action: 'resume',
      from: ['on-hold'],
      to: 'resume',
      roles: appointers,
      requires: [],
      label: { zh: '恢复处理', en: 'Resume' },
      primaryFrom: ['on-hold'],
    },
    {
      action: 'cancel',
      from: [...beforeDeparture, 'travelling', 'on-hold'],
      to: 'cancelled',
      roles: ['dispatcher', ...desk],
      requires: ['reason'],
      label: { zh: '取消工单', en: 'Cancel ticket' },
      endsVisit: true,
    },
    {
      action: 'merge',
      from: [...beforeDeparture, 'on-hold'],
      to: 'merged',
      roles: ['dispatcher', ...desk],
      requires: [],
      label: { zh: '并入另一工单', en: 'Merge into another ticket' },
      endsVisit: true,
    },
  ],
}
