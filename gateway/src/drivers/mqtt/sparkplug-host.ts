import { rebirthCommand } from '@fettle/domain/uplink/sparkplug-rebirth'
import {
  interrupted,
  receiveSparkplug,
  unknownNode,
  type MetricReading,
  type SparkplugNode,
  type SparkplugStep,
} from '@fettle/domain/uplink/sparkplug-session'
import { parseSparkplugTopic, type SparkplugTopic } from '@fettle/domain/uplink/sparkplug-topic'
import { decodeSparkplug } from '@fettle/domain/uplink/sparkplug'
import type { Problem } from '../../driver.ts'
import { isKey, type MqttSubscription } from './config.ts'
import { collect } from './decode.ts'
import type { RebirthPacing } from './rebirth-pacing.ts'
import { complaint, type Incoming, type Outgoing, type Received, type Receiver } from './receiver.ts'
import type { SparkplugScope } from './topic.ts'

export interface SparkplugOptions extends Pick<MqttSubscription, 'topic' | 'signals' | 'rebirth'> {
  scope: SparkplugScope
  pacing: RebirthPacing
}

/**
 * The host's side of Sparkplug B for one subscription: keeps what each edge node said at its birth over all sessions with
 * the broker, turns metrics into readings and asks for births where something is missing.
 */
export function createSparkplugHost({
  topic: pattern,
  signals,
  rebirth = true,
  scope,
  pacing,
}: SparkplugOptions): Receiver {
  /** By `group/node`. */
  const nodes = new Map<string, SparkplugNode>()
  const signalOf = compileNames(signals)
  /** What was said about the metrics of a member, by its subject: births come again, the sentence does not. */
  const said = new Map<string, string>()

  function receive(message: Incoming): Received {
    const { topicName, payload, nowMs } = message
    const complain = (fault: string) => [complaint(pattern, message, fault, payload.toString('hex', 0, 100))]
    const topic = parseSparkplugTopic(topicName)
    if (topic === 'ignored') return { readings: [], problems: [] }
    if (!topic) return { readings: [], problems: complain('is no topic of Sparkplug B') }
    const decoded = decodeSparkplug(payload)
    if (!decoded.ok) return { readings: [], problems: complain(`no Sparkplug B payload: ${decoded.detail}`) }

    const name = `${topic.group}/${topic.node}`
    const step = receiveSparkplug(nodes.get(name) ?? unknownNode, { ...topic, payload: decoded.payload }, nowMs)
    nodes.set(name, step.node)
    if (topic.type === 'NBIRTH') pacing.answered(name)
    const asks = step.rebirth !== undefined && rebirth && pacing.mayAsk(name)
    const { readings, fault } = readingsOf(topic, step.readings)
    return {
      readings,
      problems: [...(fault === undefined ? [] : complain(fault)), ...troubleOf(topic, step), ...namesOf(topic, step)],
      solved: topic.type.endsWith('BIRTH') ? [subjectOf(topic)] : [],
      commands: asks ? [rebirthCommand(topic.group, topic.node, nowMs)] : [],
    }
  }

  function readingsOf({ node }: SparkplugTopic, metrics: readonly MetricReading[]) {
    const result = collect()
    for (const { device = node, metric, tsMs, value, quality } of metrics) {
      const signal = signalOf(metric)
      if (signal === undefined) continue
      if (isKey(device)) result.take({ device, signal, tsMs, value, quality })
      else result.complain(`"${device}" is no device key`)
    }
    return result.decoded()
  }

  function troubleOf(topic: SparkplugTopic, { rebirth: reason, died }: SparkplugStep): Problem[] {
    if (died) return [{ subject: subjectOf(topic), message: `is offline: ${topic.type}` }]
    if (reason === undefined) return []
    const what = topic.device === undefined ? reason : `${topic.device}: ${reason}`
    return [{ subject: `${topic.group}/${topic.node}`, message: `${what}; a rebirth is needed` }]
  }

  /** Once: metrics of a birth that cannot become readings. Those that `signals` leaves out are not wanted. */
  function namesOf(topic: SparkplugTopic, { readings, unreadable = [] }: SparkplugStep): Problem[] {
    if (!topic.type.endsWith('BIRTH')) return []
    const nameless = signals ? [] : [...new Set(readings.map(({ metric }) => metric))].filter((name) => !isKey(name))
    const valueless = signals ? unreadable.filter((name) => signalOf(name) !== undefined) : unreadable
    const sentences = [
      ...(nameless.length > 0 ? [`no signal keys, map them with "signals": ${listOf(nameless)}`] : []),
      ...(valueless.length > 0 ? [`no simple values: ${listOf(valueless)}`] : []),
    ]
    const subject = `metrics of ${subjectOf(topic)}`
    const message = sentences.join('; ')
    if (message === '' || said.get(subject) === message) return []
    said.set(subject, message)
    return [{ subject, message }]
  }

  return {
    receive,
    interrupted() {
      for (const [name, node] of nodes) nodes.set(name, interrupted(node))
    },
    /**
     * Whoever reports by exception would say nothing for hours about what changed meanwhile. Dead nodes are asked as well: the
     * broker may have kept their death for us, but not the birth after it.
     */
    greet(nowMs) {
      if (!rebirth) return []
      const named = scope.group !== undefined && scope.node !== undefined ? [`${scope.group}/${scope.node}`] : []
      return [...new Set([...nodes.keys(), ...named])].map((name): Outgoing => {
        pacing.asked(name)
        const [group = '', node = ''] = name.split('/')
        return rebirthCommand(group, node, nowMs)
      })
    },
  }
}

/** Metric name to signal key; undefined for metrics that are no signal. */
function compileNames(signals: MqttSubscription['signals']): (metric: string) => string | undefined {
  if (!signals) return (metric) => (isKey(metric) ? metric : undefined)
  const byMetric = new Map(Object.entries(signals).map(([signal, metric]) => [metric, signal]))
  return (metric) => byMetric.get(metric)
}

const subjectOf = ({ group, node, device }: SparkplugTopic) => [group, node, device].filter(Boolean).join('/')

const listOf = (names: readonly string[]) =>
  [...names.slice(0, 5).map((name) => `"${name}"`), ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(
    ', ',
  )
