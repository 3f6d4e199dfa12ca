import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Day, EpochMs, Id, Instant, Key, RegionCode, Text, Version } from './scalars.ts'

export const assetModes = ['normal', 'maintenance'] as const
/** What a person sees at a glance; derived from the last readings and open alarms. */
export const assetStates = ['running', 'idle', 'stopped', 'tripped', 'offline', 'maintenance', 'unknown'] as const
export type AssetState = (typeof assetStates)[number]
export const healthLevels = ['critical', 'warning', 'ok', 'unknown'] as const
export type HealthLevel = (typeof healthLevels)[number]

const NullableNumber = Type.Union([Type.Number(), Type.Null()])
export const Limits = Type.Object({ hh: NullableNumber, h: NullableNumber, l: NullableNumber, ll: NullableNumber })
export type Limits = Static<typeof Limits>

export const SignalWithLatest = Type.Object({
  id: Id,
  key: Type.String(),
  name: Text,
  unit: Type.String(),
  decimals: Type.Integer(),
  limits: Limits,
  normal: Type.Union([Type.Tuple([Type.Number(), Type.Number()]), Type.Null()]),
  /** `text` instead of a value, of text signals only. */
  latest: Type.Union([
    Type.Object({
      at: EpochMs,
      value: NullableNumber,
      text: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      quality: Type.Integer(),
    }),
    Type.Null(),
  ]),
})
export type SignalWithLatest = Static<typeof SignalWithLatest>

export const Health = Type.Object({
  level: literals(healthLevels),
  score: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()]),
  reasons: Type.Array(Text),
})
export type Health = Static<typeof Health>

export const AssetSummary = Type.Object({
  id: Id,
  key: Key,
  serial: Type.String(),
  name: Type.String(),
  modelKey: Type.String(),
  modelName: Text,
  /** What parts and skills are measured by, such as AC. */
  modelFamily: Type.String(),
  customerId: Id,
  customerName: Type.String(),
  siteId: Id,
  siteName: Type.String(),
  regionCode: RegionCode,
  mode: literals(assetModes),
  state: literals(assetStates),
  /** When the state began to hold, null where that is longer ago than a week; for `offline` the last reading. */
  stateSince: Type.Union([Instant, Type.Null()]),
  health: Health,
  openAlarms: Type.Integer(),
  openTickets: Type.Integer(),
  /** The few signals worth showing in a list, in order. */
  headline: Type.Array(SignalWithLatest),
})
export type AssetSummary = Static<typeof AssetSummary>

export const Binding = Type.Object({
  id: Id,
  signalId: Id,
  signalKey: Type.String(),
  gatewayKey: Type.Union([Type.String(), Type.Null()]),
  driver: Type.String(),
  address: Type.String(),
})
export type Binding = Static<typeof Binding>

export const InstalledPart = Type.Object({
  partCode: Type.String(),
  partName: Text,
  serial: Type.Union([Type.String(), Type.Null()]),
  installedAt: Type.Union([Instant, Type.Null()]),
  removedAt: Type.Union([Instant, Type.Null()]),
  ticketId: Type.Union([Id, Type.Null()]),
  ticketNumber: Type.Union([Type.String(), Type.Null()]),
})
export type InstalledPart = Static<typeof InstalledPart>

/** The machine's one file (一机一档). */
export const AssetFile = Type.Object({
  ...AssetSummary.properties,
  version: Type.Integer(),
  manufacturer: Type.String(),
  installedOn: Type.Union([Day, Type.Null()]),
  warrantyUntil: Type.Union([Day, Type.Null()]),
  coverage: Type.String({ description: 'coverage of the contract or warranty in force' }),
  contractEndsOn: Type.Union([Day, Type.Null()]),
  runStateKey: Type.String({
    description: 'key of the signal that says how it runs: 0 stopped, 1 idle, 2 running, 3 tripped',
  }),
  specification: Type.Array(Type.Object({ label: Text, value: Type.String() })),
  signals: Type.Array(SignalWithLatest),
  bindings: Type.Array(Binding),
  parts: Type.Array(InstalledPart),
})
export type AssetFile = Static<typeof AssetFile>

/** One entry of the machine's history, newest first. */
export const TimelineEntry = Type.Object({
  at: Instant,
  kind: literals(['alarm', 'ticket', 'visit', 'part', 'note'] as const),
  title: Text,
  ticketId: Type.Union([Id, Type.Null()]),
  ticketNumber: Type.Union([Type.String(), Type.Null()]),
  alarmId: Type.Union([Id, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  by: Type.Union([Type.String(), Type.Null()]),
})
export type TimelineEntry = Static<typeof TimelineEntry>

const tags = ['assets'] as const
const params = Type.Object({ assetId: Id })

export const listAssets = {
  method: 'GET',
  url: '/api/v1/assets',
  schema: {
    operationId: 'listAssets',
    summary: 'Machines with their state, health and headline values',
    tags,
    querystring: Type.Object({
      ...listQuery,
      customerId: Type.Optional(Id),
      modelKey: Type.Optional(Type.String()),
      key: Type.Optional(Key),
      state: Type.Optional(literals(assetStates)),
      connected: Type.Optional(
        Type.Boolean({ description: 'true: only machines that have signals; false: the others' }),
      ),
    }),
    response: { 200: ListOf(AssetSummary), ...refusals },
  },
} as const satisfies RouteContract

export const getAsset = {
  method: 'GET',
  url: '/api/v1/assets/:assetId',
  schema: {
    operationId: 'getAsset',
    summary: 'The machine’s file',
    tags,
    params,
    response: { 200: AssetFile, ...refusals },
  },
} as const satisfies RouteContract

export const getAssetTimeline = {
  method: 'GET',
  url: '/api/v1/assets/:assetId/timeline',
  schema: {
    operationId: 'getAssetTimeline',
    summary: 'Alarms, tickets, visits and parts of this machine, newest first',
    tags,
    params,
    querystring: Type.Object({ limit: listQuery.limit, cursor: listQuery.cursor }),
    response: { 200: ListOf(TimelineEntry), ...refusals },
  },
} as const satisfies RouteContract

export const setAssetMode = {
  method: 'POST',
  url: '/api/v1/assets/:assetId/mode',
  schema: {
    operationId: 'setAssetMode',
    summary: 'Take a machine into or out of maintenance; alarms are suppressed meanwhile',
    tags,
    params,
    body: Type.Object({
      mode: literals(assetModes),
      reason: Type.String({ minLength: 1, maxLength: 500 }),
      expectedVersion: Version,
    }),
    response: { 200: AssetFile, ...writeRefusals },
  },
} as const satisfies RouteContract
