import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Complaint } from '../../driver.ts'
import { compileTopic } from './topic.ts'

const strict = { additionalProperties: false }

const MqttSubscription = Type.Object(
  {
    topic: Type.String({ minLength: 1, description: 'MQTT filter; {deviceKey} stands for one level' }),
    qos: Type.Enum([0, 1], { default: 1 }),
    device: Type.Optional(Key),
    payload: Type.Enum(['fettle', 'flat', 'mapped']),
    signals: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    time: Type.Optional(
      Type.Object(
        { at: Type.String({ minLength: 1 }), unit: Type.Enum(['s', 'ms', 'us', 'ns', 'iso'], { default: 'ms' }) },
        strict,
      ),
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

function* complaintsOf({
  topic,
  device,
  payload,
  signals,
  time,
}: MqttSubscription): Iterable<[at: string, message: string]> {
  const compiled = compileTopic(topic)
  if (!compiled.ok) yield ['topic', compiled.fault]
  if (compiled.ok && compiled.namesDevice && device !== undefined)
    yield ['device', 'the topic already names the device']
  if (compiled.ok && !compiled.namesDevice && device === undefined) {
    yield ['device', 'is needed, or the level {deviceKey} in the topic']
  }
  if (payload === 'mapped' && Object.keys(signals ?? {}).length === 0)
    yield ['signals', 'a mapped payload needs its signals']
  if (payload !== 'mapped' && signals !== undefined) yield ['signals', `a ${payload} payload names its own signals`]
  if (payload === 'fettle' && time !== undefined) yield ['time', 'a fettle payload has its time in "ts"']
  for (const signal of Object.keys(signals ?? {})) {
    if (!isKey(signal)) yield [`signals/${signal}`, 'is no signal key: letters, digits, ".", "_" and "-", 64 at most']
  }
}
