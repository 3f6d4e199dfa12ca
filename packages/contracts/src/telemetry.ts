import { Type, type Static } from 'typebox'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { EpochMs, Id } from './scalars.ts'

export const HISTORY_MAX_BUCKETS = 1_000

/** What a signal's readings are: numbers (booleans count as 1 and 0), or texts such as the name of a program. */
export const signalKinds = ['number', 'text'] as const
export type SignalKind = (typeof signalKinds)[number]

/** In characters; what is longer is a document, not a reading. */
export const TEXT_MAX_LENGTH = 1_000

const NullableText = Type.Union([Type.String(), Type.Null()])

export const LatestValue = Type.Object({
  signalId: Id,
  at: EpochMs,
  /** Null of a text signal, and where a bad reading carried none. */
  value: Type.Union([Type.Number(), Type.Null()]),
  /** Of text signals only; null where a bad reading carried none. */
  text: Type.Optional(NullableText),
  quality: Type.Integer({ minimum: 0, maximum: 2 }),
})
export type LatestValue = Static<typeof LatestValue>

/**
 * Columns, not rows: a thousand buckets are five arrays. A bucket without readings is null in all three. A text signal has
 * `texts` beside them, and nothing but null in the three.
 */
export const History = Type.Object({
  signalId: Id,
  from: EpochMs,
  to: EpochMs,
  /** `raw`: each reading as it came; `buckets`: min, mean and max of equal spans beginning at `times`. */
  kind: Type.Union([Type.Literal('raw'), Type.Literal('buckets')]),
  bucketMs: Type.Union([Type.Number(), Type.Null()]),
  times: Type.Array(EpochMs),
  min: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  mean: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  max: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  /** Of text signals only: each text, or the newest one in each bucket; bad readings give none. */
  texts: Type.Optional(Type.Array(NullableText)),
  /** Worst quality seen in each point or bucket. */
  quality: Type.Array(Type.Integer()),
})
export type History = Static<typeof History>

export const getHistory = {
  method: 'GET',
  url: '/api/v1/signals/:signalId/history',
  schema: {
    operationId: 'getHistory',
    summary: 'Raw readings where they are few enough, otherwise min/mean/max buckets',
    tags: ['telemetry'],
    params: Type.Object({ signalId: Id }),
    querystring: Type.Object({
      from: EpochMs,
      to: EpochMs,
      buckets: Type.Optional(Type.Integer({ minimum: 1, maximum: HISTORY_MAX_BUCKETS, default: 500 })),
    }),
    response: { 200: History, ...refusals },
  },
} as const satisfies RouteContract
