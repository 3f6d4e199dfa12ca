import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'
import { EpochMs } from './scalars.ts'

/** Where a gateway tells how it is, every 15 s, QoS 0. */
export const gatewayStatusTopic = (gatewayKey: string) => `fettle/v1/gateways/${gatewayKey}/status`

export const linkStates = ['starting', 'up', 'down', 'stopped'] as const

/** What a gateway says of itself. Times are epoch ms of its own clock; it may say more than the platform reads. */
export const GatewayStatusMessage = Type.Object({
  clockMs: EpochMs,
  startedMs: EpochMs,
  spool: Type.Object({
    batches: Type.Integer({ minimum: 0 }),
    oldestMs: Type.Optional(EpochMs),
    full: Type.Boolean(),
  }),
  sources: Type.Array(
    Type.Object({
      name: Type.String(),
      kind: Type.String(),
      state: literals(linkStates),
      sinceMs: EpochMs,
      lastError: Type.Optional(Type.Object({ message: Type.String(), atMs: EpochMs })),
      readings: Type.Integer({ minimum: 0 }),
      problems: Type.Array(Type.Object({ message: Type.String(), count: Type.Integer() })),
    }),
  ),
})
export type GatewayStatusMessage = Static<typeof GatewayStatusMessage>

/** What the platform keeps of it, with what it found out itself. */
export const KeptGatewayStatus = Type.Object({
  ...GatewayStatusMessage.properties,
  /** How far the gateway's clock is ahead of the platform's, negative when behind; null while nobody can tell. */
  clockOffsetMs: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
})
