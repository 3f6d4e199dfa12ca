import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Decimal, Id, Text } from './scalars.ts'

/** How a failure mode shows on one signal, per hour; used to rank causes and shown in words beside. */
export const SignaturePart = Type.Object({
  signalKey: Type.String(),
  direction: Type.Union([Type.Literal('up'), Type.Literal('down')]),
  /** Typical absolute speed of change in the signal's unit per hour, from and to. */
  perHour: Type.Tuple([Type.Number({ minimum: 0 }), Type.Number({ minimum: 0 })]),
})
export type SignaturePart = Static<typeof SignaturePart>

/** One entry of the catalogue (AST-7): what fails, how it shows, what mends it. */
export const FailureMode = Type.Object({
  id: Id,
  key: Type.String({ description: 'such as AC-01' }),
  modelKey: Type.String(),
  name: Text,
  onSignals: Text,
  causes: Text,
  fix: Text,
  signature: Type.Array(SignaturePart),
  prior: Type.Number({ description: 'share of this model’s failures, 0 to 1' }),
  parts: Type.Array(Type.Object({ partCode: Type.String(), quantity: Decimal, optional: Type.Boolean() })),
  standardHours: Decimal,
  persons: Type.Integer({ minimum: 1 }),
})
export type FailureMode = Static<typeof FailureMode>

/** A failure mode as a likely cause of what was seen, with the reasons in words. */
export const LikelyFailure = Type.Object({
  failureModeId: Id,
  key: Type.String(),
  name: Text,
  share: Type.Number({ description: '0 to 1; the shares of a list add up to at most 1' }),
  reasons: Type.Array(Text),
  parts: FailureMode.properties.parts,
  standardHours: Decimal,
  persons: Type.Integer(),
})
export type LikelyFailure = Static<typeof LikelyFailure>

export const listFailureModes = {
  method: 'GET',
  url: '/api/v1/failure-modes',
  schema: {
    operationId: 'listFailureModes',
    summary: 'The failure catalogue',
    tags: ['assets'],
    querystring: Type.Object({ ...listQuery, modelKey: Type.Optional(Type.String()) }),
    response: { 200: ListOf(FailureMode), ...refusals },
  },
} as const satisfies RouteContract
