/** Literal types of the contracts that columns carry; types only, so that tables stay free of schemas. */
export type { AlarmLevel } from '@fettle/contracts/alarms'
export type { Coverage, Tier } from '@fettle/contracts/customers'
export type { Evidence } from '@fettle/contracts/evidence'
export type { FailureMode, SignaturePart } from '@fettle/contracts/failure-modes'
export type { MoneyKind, Payer } from '@fettle/contracts/money'
export type { Limits } from '@fettle/contracts/assets'
export type { Role } from '@fettle/contracts/roles'
export type { ThresholdDefinition } from '@fettle/contracts/rules'
export type { Text } from '@fettle/contracts/scalars'
export type { SignalKind } from '@fettle/contracts/telemetry'
export type {
  Priority,
  SettlementState,
  TicketAction,
  TicketSource,
  TicketState,
  TicketType,
  VerificationState,
  WaitingFor,
} from '@fettle/contracts/ticket-life-cycle'
export type { UplinkRejection } from '@fettle/contracts/uplink'
export type { VisitState } from '@fettle/contracts/visits'
export type { ViewContent, ViewedList } from '@fettle/contracts/views'
