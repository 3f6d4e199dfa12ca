import { Type, type Static } from 'typebox'
import { linkStates } from './gateway-status.ts'
import { ListOf, listQuery } from './lists.ts'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant } from './scalars.ts'
import { uplinkRejections } from './uplink.ts'

export const Gateway = Type.Object({
  id: Id,
  key: Type.String(),
  siteName: Type.String(),
  customerName: Type.String(),
  online: Type.Boolean(),
  lastSeenAt: Type.Union([Instant, Type.Null()]),
  /** As the gateway last reported it; null until it did. */
  status: Type.Union([
    Type.Object({
      bufferedBatches: Type.Integer(),
      bufferAgeMs: Type.Integer(),
      /** How far its clock is ahead, negative when behind; null when it is right as far as anybody can tell. */
      clockSkewMs: Type.Union([Type.Integer(), Type.Null()]),
      sources: Type.Array(
        Type.Object({
          name: Type.String(),
          driver: Type.String(),
          state: literals(linkStates),
          since: Instant,
          lastError: Type.Union([Type.String(), Type.Null()]),
          /** Tags or devices that fail while the source works otherwise. */
          problems: Type.Array(Type.String()),
          readings: Type.Integer(),
        }),
      ),
    }),
    Type.Null(),
  ]),
})
export type Gateway = Static<typeof Gateway>

/** A message or reading that could not be taken, kept with its reason (TEL-2). */
export const DeadLetter = Type.Object({
  id: Type.Integer(),
  receivedAt: Instant,
  source: Type.String({ description: 'device or gateway credential, or http' }),
  topic: Type.String(),
  code: literals(uplinkRejections),
  detail: Type.String(),
  payload: Type.String({ description: 'at most the first 4 KiB, as text' }),
  readings: Type.Integer({ description: 'how many readings it stands for' }),
  replayedAt: Type.Union([Instant, Type.Null()]),
})
export type DeadLetter = Static<typeof DeadLetter>

const tags = ['gateways'] as const
export const listGateways = {
  method: 'GET',
  url: '/api/v1/gateways',
  schema: {
    operationId: 'listGateways',
    summary: 'Gateways with their health',
    tags,
    querystring: Type.Object(listQuery),
    response: { 200: ListOf(Gateway), ...refusals },
  },
} as const satisfies RouteContract

export const listDeadLetters = {
  method: 'GET',
  url: '/api/v1/dead-letters',
  schema: {
    operationId: 'listDeadLetters',
    summary: 'What could not be taken, and why',
    tags,
    querystring: Type.Object({ ...listQuery, code: Type.Optional(literals(uplinkRejections)) }),
    response: { 200: ListOf(DeadLetter), ...refusals },
  },
} as const satisfies RouteContract

export const replayDeadLetter = {
  method: 'POST',
  url: '/api/v1/dead-letters/:deadLetterId/replay',
  schema: {
    operationId: 'replayDeadLetter',
    summary: 'Try again, for example after the missing device was added',
    tags,
    params: Type.Object({ deadLetterId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
    response: { 202: DeadLetter, ...writeRefusals },
  },
} as const satisfies RouteContract
