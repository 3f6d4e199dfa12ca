import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'

/** The MQTT interface that devices and gateways rely on (documented in the README; never change a meaning). */

export const UPLINK_LIMITS = {
  messageBytes: 1024 * 1024,
  readingsPerMessage: 5_000,
  /** Before this, a clock was never set. */
  earliestMs: Date.UTC(2000, 0, 1),
  /** How far ahead of the platform's clock a reading may claim to be. */
  aheadMs: 10 * 60_000,
} as const

export const telemetryTopic = (deviceKey: string) => `fettle/v1/devices/${deviceKey}/telemetry`
export const deviceAckTopic = (deviceKey: string) => `fettle/v1/devices/${deviceKey}/ack`
export const batchTopic = (gatewayKey: string) => `fettle/v1/gateways/${gatewayKey}/batch`
export const gatewayAckTopic = (gatewayKey: string) => `fettle/v1/gateways/${gatewayKey}/ack`

/** OPC-style quality, as small as it can be. */
export const QUALITY = { good: 0, uncertain: 1, bad: 2 } as const
export type Quality = (typeof QUALITY)[keyof typeof QUALITY]

/** `[deviceKey, signalKey, tsMs, value, quality]`; a bad reading may carry null. */
export const WireReading = Type.Tuple([
  Type.String(),
  Type.String(),
  Type.Integer(),
  Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()]),
  Type.Union([Type.Literal(0), Type.Literal(1), Type.Literal(2)]),
])
export type WireReading = Static<typeof WireReading>

/** One upload of a gateway. `bootId` changes whenever the spool is made anew; `seq` counts from 0 within it. */
export const GatewayBatch = Type.Object({
  gatewayId: Type.String(),
  bootId: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  readings: Type.Array(WireReading),
})
export type GatewayBatch = Static<typeof GatewayBatch>

export const uplinkRejections = [
  'payload/too-large',
  'payload/malformed',
  'payload/too-many-readings',
  'payload/wrong-shape',
  'topic/foreign',
  'device/unknown',
  'signal/unknown',
  'value/not-a-number',
  'value/wrong-type',
  'quality/unknown',
  'time/not-a-time',
  'time/too-old',
  'time/too-far-ahead',
  'store/type-conflict',
] as const
export type UplinkRejection = (typeof uplinkRejections)[number]

/** Cumulative: everything of `bootId` up to and including `seq` is stored; `rejected` is about batch `seq` alone. */
export const GatewayAck = Type.Object({
  bootId: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer({ minimum: -1 }),
      code: literals(uplinkRejections),
    }),
  ),
})
export type GatewayAck = Static<typeof GatewayAck>

/**
 * What a device that subscribed to its acknowledgement topic hears of each of its messages once it is durable, in order. Behind a
 * broker of somebody else only this means stored; on the embedded broker PUBACK means it too.
 */
export const DeviceAck = Type.Object({
  accepted: Type.Integer({ minimum: 0, description: 'readings that are stored' }),
  newestMs: Type.Union([Type.Integer(), Type.Null()], { description: 'the newest time among them' }),
  rejected: Type.Array(Type.Object({ code: literals(uplinkRejections), readings: Type.Integer({ minimum: 1 }) })),
})
export type DeviceAck = Static<typeof DeviceAck>
