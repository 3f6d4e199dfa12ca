import { Type, type Static } from 'typebox'
import { Limits } from './assets.ts'
import { LikelyFailure } from './failure-modes.ts'
import { EpochMs, Id, Instant, Text } from './scalars.ts'

const NullableNumber = Type.Union([Type.Number(), Type.Null()])

/** A frozen trend: columns as in History, with the limits that were in force. */
export const EvidenceTrend = Type.Object({
  signalId: Id,
  signalKey: Type.String(),
  name: Text,
  unit: Type.String(),
  decimals: Type.Integer(),
  limits: Limits,
  times: Type.Array(EpochMs),
  min: Type.Array(NullableNumber),
  mean: Type.Array(NullableNumber),
  max: Type.Array(NullableNumber),
})
export type EvidenceTrend = Static<typeof EvidenceTrend>

export const PastRepair = Type.Object({
  ticketId: Id,
  number: Type.String(),
  closedAt: Instant,
  failureModeName: Type.Union([Text, Type.Null()]),
  summary: Type.String(),
  parts: Type.Array(Type.String()),
})
export type PastRepair = Static<typeof PastRepair>

/** What the machine showed when it raised its ticket (RUL-7). Never changes once `frozen`. */
export const Evidence = Type.Object({
  id: Id,
  ticketId: Id,
  alarmId: Id,
  from: EpochMs,
  to: EpochMs,
  raisedAt: EpochMs,
  frozen: Type.Boolean(),
  /** When the ten minutes after are in and nothing changes any more. */
  freezesAt: Instant,
  ruleVersion: Type.Integer(),
  ruleText: Text,
  trends: Type.Array(EvidenceTrend),
  quality: Type.Object({
    readings: Type.Integer(),
    good: Type.Integer(),
    uncertain: Type.Integer(),
    bad: Type.Integer(),
    longestGapMs: Type.Integer(),
  }),
  repairs: Type.Array(PastRepair),
  likelyFailures: Type.Array(LikelyFailure),
})
export type Evidence = Static<typeof Evidence>
