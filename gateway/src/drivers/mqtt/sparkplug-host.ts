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
import { decodeSparkplug, type SparkplugPayload } from '@fettle/domain/uplink/sparkplug'
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
  /** What was said about the metrics of a member in this connection, by its subject: births come again, the sentence does not. */
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
    const born = topic.type.endsWith('BIRTH') ? judgeBirth(topic, decoded.payload, step) : undefined
    return {
      readings,
      problems: [...(fault === undefined ? [] : complain(fault)), ...troubleOf(topic, step), ...(born?.problems ?? [])],
      solved: born?.solved ?? [],
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

  /** A birth ends what was wrong with the member; metrics that cannot become readings are named once. */
  function judgeBirth(
    topic: SparkplugTopic,
    { metrics }: SparkplugPayload,
    { readings, unreadable = [] }: SparkplugStep,
  ): { problems: Problem[]; solved: string[] } {
    const member = subjectOf(topic)
    const subject = `metrics of ${member}`
    // Readings also end what the birth before had and this one has not.
    const named = new Set(metrics.map(({ name }) => name))
    const taken = new Set(readings.flatMap(({ metric }) => (named.has(metric) ? [metric] : [])))
    const message = unusable([...taken], unreadable)
    const isNews = message !== '' && said.get(subject) !== message
    said.set(subject, message)
    return { problems: isNews ? [{ subject, message }] : [], solved: message === '' ? [member, subject] : [member] }
  }

  /** Those that `signals` leaves out are not wanted. */
  function unusable(taken: readonly string[], unreadable: readonly string[]): string {
    const nameless = signals ? [] : taken.filter((name) => !isKey(name))
    const valueless = signals ? unreadable.filter((name) => signalOf(name) !== undefined) : unreadable
    const sentences = [
      ...(nameless.length > 0 ? [`no signal keys, map them with "signals": ${listOf(nameless)}`] : []),
      ...(valueless.length > 0 ? [`no simple values: ${listOf(valueless)}`] : []),
    ]
    return sentences.join('; ')
  }

  return {
    receive,
    interrupted() {
      said.clear() // the status has forgotten it with the connection
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
