import { Type, type Static } from 'typebox'
import { Limits } from './assets.ts'
import { ListOf, listQuery } from './lists.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant } from './scalars.ts'

/**
 * What must be so of another signal of the same machine for a reading to count, bounds included, at least one of them: a
 * spindle's vibration is judged at one speed, a heat exchanger's approach under load.
 */
export const RuleCondition = Type.Object({
  signalKey: Type.String(),
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
})
export type RuleCondition = Static<typeof RuleCondition>

/** A threshold rule as data (RUL-1, RUL-2). All times are event time in milliseconds. */
export const ThresholdDefinition = Type.Object({
  kind: Type.Literal('threshold'),
  signalKey: Type.String(),
  limits: Limits,
  /** How far back inside the limit a value must come before the level falls; in the signal's unit. */
  band: Type.Number({ minimum: 0 }),
  onDelayMs: Type.Integer({ minimum: 0 }),
  offDelayMs: Type.Integer({ minimum: 0 }),
  latenessMs: Type.Integer({ minimum: 0, default: 30_000 }),
  /** Only while the machine runs, and not within `startupMs` of its start. */
  whileRunning: Type.Boolean(),
  startupMs: Type.Integer({ minimum: 0 }),
  /** Readings taken while it does not hold neither raise nor clear. */
  condition: Type.Optional(RuleCondition),
})
export type ThresholdDefinition = Static<typeof ThresholdDefinition>

export const Rule = Type.Object({
  id: Id,
  key: Type.String(),
  modelKey: Type.Union([Type.String(), Type.Null()]),
  assetId: Type.Union([Id, Type.Null()]),
  failureModeKey: Type.String(),
  version: Type.Integer(),
  enabled: Type.Boolean(),
  definition: ThresholdDefinition,
  changedAt: Instant,
})
export type Rule = Static<typeof Rule>

export const listRules = {
  method: 'GET',
  url: '/api/v1/rules',
  schema: {
    operationId: 'listRules',
    summary: 'What is watched, and how',
    tags: ['rules'],
    querystring: Type.Object({ ...listQuery, modelKey: Type.Optional(Type.String()), assetId: Type.Optional(Id) }),
    response: { 200: ListOf(Rule), ...refusals },
  },
} as const satisfies RouteContract
