import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Complaint } from '../../driver.ts'
import { compileTopic, sparkplugScope } from './topic.ts'

const strict = { additionalProperties: false }

const MqttSubscription = Type.Object(
  {
    topic: Type.String({ minLength: 1, description: 'MQTT filter; {deviceKey} stands for one level' }),
    qos: Type.Enum([0, 1], { default: 1 }),
    device: Type.Optional(Key),
    payload: Type.Enum(['fettle', 'flat', 'mapped', 'sparkplug']),
    signals: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    time: Type.Optional(
      Type.Object(
        { at: Type.String({ minLength: 1 }), unit: Type.Enum(['s', 'ms', 'us', 'ns', 'iso'], { default: 'ms' }) },
        strict,
      ),
    ),
    rebirth: Type.Optional(
      Type.Boolean({ description: 'Sparkplug: whether edge nodes may be asked for their births; true unless given' }),
    ),
  },
  strict,
)
export type MqttSubscription = Static<typeof MqttSubscription>

/** A broker of somebody else: the plant's own, or the one that a maker's devices publish to. */
export const MqttSource = Type.Object(
  {
    url: Type.String({ pattern: '^(mqtts?|wss?)://\\S+$', description: 'e.g. mqtt://10.0.0.5:1883' }),
    username: Type.Optional(Type.String()),
    password: Type.Optional(Type.String()),
    ca: Type.Optional(Type.String({ description: 'PEM; the system decides when it is absent' })),
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    timeoutMs: Type.Integer({ minimum: 100, maximum: 60_000, default: 10_000 }),
    subscriptions: Type.Array(MqttSubscription, { minItems: 1 }),
  },
  strict,
)
export type MqttSource = Static<typeof MqttSource>

/** Whether a name from outside is a stable key as the platform knows them. */
export const isKey = (name: string): boolean => Value.Check(Key, name)

export function checkMqttSource({ subscriptions }: MqttSource): Complaint[] {
  return subscriptions.flatMap((subscription, index) =>
    Array.from(complaintsOf(subscription)).map(([at, message]) => ({ path: `subscriptions/${index}/${at}`, message })),
  )
}

type Fault = [at: string, message: string]

function* complaintsOf(subscription: MqttSubscription): Iterable<Fault> {
  const { topic, payload, signals, rebirth } = subscription
  const compiled = compileTopic(topic)
  if (!compiled.ok) yield ['topic', compiled.fault]
  else if (payload === 'sparkplug') yield* sparkplugComplaints(subscription)
  else yield* jsonComplaints(subscription, compiled.namesDevice)
  if (payload !== 'sparkplug' && rebirth !== undefined) yield ['rebirth', `a ${payload} payload knows no births`]
  for (const signal of Object.keys(signals ?? {})) {
    if (!isKey(signal)) yield [`signals/${signal}`, 'is no signal key: letters, digits, ".", "_" and "-", 64 at most']
  }
}

function* jsonComplaints(
  { device, payload, signals, time }: MqttSubscription,
  topicNamesDevice: boolean,
): Iterable<Fault> {
  if (topicNamesDevice && device !== undefined) yield ['device', 'the topic already names the device']
  if (!topicNamesDevice && device === undefined) yield ['device', 'is needed, or the level {deviceKey} in the topic']
  if (payload === 'mapped' && Object.keys(signals ?? {}).length === 0)
    yield ['signals', 'a mapped payload needs its signals']
  if (payload !== 'mapped' && signals !== undefined) yield ['signals', `a ${payload} payload names its own signals`]
  if (payload === 'fettle' && time !== undefined) yield ['time', 'a fettle payload has its time in "ts"']
}

function* sparkplugComplaints({ topic, device, time, signals = {} }: MqttSubscription): Iterable<Fault> {
  if (!sparkplugScope(topic)) {
    yield ['topic', 'must be spBv1.0/{group}/# or, for one edge node, spBv1.0/{group}/+/{edge node}/#']
  }
  if (device !== undefined) yield ['device', 'Sparkplug topics name the device']
  if (time !== undefined) yield ['time', 'Sparkplug metrics have their own time']
  const metrics = Object.values(signals)
  for (const [signal, metric] of Object.entries(signals)) {
    if (metrics.indexOf(metric) !== metrics.lastIndexOf(metric)) {
      yield [`signals/${signal}`, `the metric "${metric}" feeds another signal as well`]
    }
  }
}
