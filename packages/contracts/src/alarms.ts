import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant, Text } from './scalars.ts'

/** Which limit was crossed, in the order of the values; `low-low` and `high-high` are the outer ones. */
export const alarmLevels = ['low-low', 'low', 'high', 'high-high'] as const
export type AlarmLevel = (typeof alarmLevels)[number]

/** ISA-18.2: active or cleared, acknowledged or not. */
export const Alarm = Type.Object({
  id: Id,
  assetId: Id,
  assetKey: Type.String(),
  assetName: Type.String(),
  customerName: Type.String(),
  signalId: Id,
  signalKey: Type.String(),
  signalName: Text,
  unit: Type.String(),
  decimals: Type.Integer({ description: 'of the signal' }),
  level: literals(alarmLevels),
  peakLevel: literals(alarmLevels),
  limit: Type.Number({ description: 'that the present level has crossed' }),
  value: Type.Number({ description: 'value that raised the present level' }),
  peakValue: Type.Number({ description: 'the worst that was seen' }),
  peakLimit: Type.Number({ description: 'that `peakLevel` has crossed: what `peakValue` is to be held against' }),
  failureModeKey: Type.String(),
  failureModeName: Text,
  ruleId: Id,
  ruleVersion: Type.Integer(),
  raisedAt: Instant,
  clearedAt: Type.Union([Instant, Type.Null()]),
  acknowledgedAt: Type.Union([Instant, Type.Null()]),
  acknowledgedBy: Type.Union([Type.String(), Type.Null()]),
  late: Type.Boolean({ description: 'found in backfilled readings; paged nobody' }),
  ticketId: Type.Union([Id, Type.Null()]),
  ticketNumber: Type.Union([Type.String(), Type.Null()]),
})
export type Alarm = Static<typeof Alarm>

const tags = ['alarms'] as const
export const listAlarms = {
  method: 'GET',
  url: '/api/v1/alarms',
  schema: {
    operationId: 'listAlarms',
    summary: 'Alarm episodes, newest first',
    tags,
    querystring: Type.Object({
      ...listQuery,
      active: Type.Optional(Type.Boolean()),
      acknowledged: Type.Optional(Type.Boolean()),
      assetId: Type.Optional(Id),
    }),
    response: { 200: ListOf(Alarm), ...refusals },
  },
} as const satisfies RouteContract

export const getAlarm = {
  method: 'GET',
  url: '/api/v1/alarms/:alarmId',
  schema: {
    operationId: 'getAlarm',
    summary: 'One alarm episode',
    tags,
    params: Type.Object({ alarmId: Id }),
    response: { 200: Alarm, ...refusals },
  },
} as const satisfies RouteContract

export const acknowledgeAlarm = {
  method: 'POST',
  url: '/api/v1/alarms/:alarmId/acknowledge',
  schema: {
    operationId: 'acknowledgeAlarm',
    summary: 'Say that a person has seen it; acknowledging twice changes nothing',
    tags,
    params: Type.Object({ alarmId: Id }),
    response: { 200: Alarm, ...writeRefusals },
  },
} as const satisfies RouteContract
