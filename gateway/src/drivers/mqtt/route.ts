import { UPLINK_LIMITS } from '@fettle/contracts/uplink'
import { isKey, type MqttSubscription } from './config.ts'
import { compilePayload, type Decoded } from './decode.ts'
import { createRebirthPacing } from './rebirth-pacing.ts'
import { complaint, type Incoming, type Receiver } from './receiver.ts'
import { createSparkplugHost } from './sparkplug-host.ts'
import { compileTopic, sparkplugScope, type Topic } from './topic.ts'

/** One subscription of the config. */
export interface Route extends Receiver {
  topic: Topic
  qos: 0 | 1
}

export function compileRoute(subscription: MqttSubscription): Route {
  const topic = compileTopic(subscription.topic)
  if (!topic.ok) throw new Error(topic.fault) // the config was checked
  const receiver = subscription.payload === 'sparkplug' ? sparkplugReceiver(subscription) : jsonReceiver(subscription)
  return { topic, qos: subscription.qos, ...withinLimits(subscription.topic, receiver) }
}

/** Problems are about the topic as configured, for there may be any number of devices. */
function withinLimits(pattern: string, receiver: Receiver): Receiver {
  return {
    ...receiver,
    receive(message) {
      const { length } = message.payload
      if (length <= UPLINK_LIMITS.messageBytes) return receiver.receive(message)
      const fault = `${length} bytes are more than a message may have`
      return { readings: [], problems: [complaint(pattern, message, fault, textOf(message))] }
    },
  }
}

function jsonReceiver(subscription: MqttSubscription): Receiver {
  const decode = compilePayload(subscription)

  function read({ deviceKey, payload, nowMs }: Incoming): Decoded {
    const device = deviceKey ?? subscription.device
    if (device === undefined || !isKey(device)) return { readings: [], fault: `"${device}" is no device key` }
    return decode(payload.toString(), device, nowMs)
  }

  return {
    receive(message) {
      const { readings, fault } = read(message)
      const problems = fault === undefined ? [] : [complaint(subscription.topic, message, fault, textOf(message))]
      return { readings, problems }
    },
    interrupted() {},
    greet: () => [],
  }
}

function sparkplugReceiver(subscription: MqttSubscription): Receiver {
  const scope = sparkplugScope(subscription.topic)
  if (!scope) throw new Error('no filter for Sparkplug') // the config was checked
  return createSparkplugHost({ ...subscription, scope, pacing: createRebirthPacing(() => performance.now()) })
}

const textOf = ({ payload }: Incoming) => payload.toString('utf8', 0, 200)
