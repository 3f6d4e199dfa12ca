import { QUALITY, UPLINK_LIMITS, type Quality } from '@fettle/contracts/uplink'
import { bdSeqOf, findBorn, readBirth, type Birth } from './sparkplug-birth.ts'
import type { SparkplugType } from './sparkplug-topic.ts'
import { valueOf, type SparkplugMetric, type SparkplugPayload, type SparkplugValue } from './sparkplug.ts'

/** What a host knows about one edge node. A value: `receiveSparkplug` answers the next one. */
export interface SparkplugNode {
  born: boolean
  /**
   * False when messages are missing since the last NBIRTH, and with them perhaps a birth: aliases may mean something else by
   * now, so what data messages say is uncertain until the node is born again.
   */
  complete: boolean
  bdSeq?: number
  /** Of the last message. */
  seq?: number
  /** By device id; `''` is the node itself. */
  members: ReadonlyMap<string, Member>
}

interface Member {
  born: boolean
  birth: Birth
  /** The latest time that it gave, as far as that can be true. */
  newestMs: number
  /** When its metrics were declared bad; absent while it lives. */
  badAtMs?: number
}

export const unknownNode: SparkplugNode = { born: false, complete: false, members: new Map() }

export interface SparkplugMessage {
  type: SparkplugType
  device?: string
  payload: SparkplugPayload
}

export interface MetricReading {
  /** Absent for metrics of the node itself. */
  device?: string
  metric: string
  /** Unchecked, as it came. */
  tsMs: number
  value: SparkplugValue | null
  quality: Quality
}

export interface SparkplugStep {
  node: SparkplugNode
  readings: MetricReading[]
  /** Why the node has to be asked for its births. */
  rebirth?: string
  /** Metrics of this birth that are no readings. */
  unreadable?: string[]
  /** The node or device died with this message. */
  died?: true
}

/** The connection was interrupted: whatever the node said meanwhile is missing. */
export const interrupted = (node: SparkplugNode): SparkplugNode => ({ ...node, complete: false })

/**
 * Takes the next message of an edge node, in order of arrival (Eclipse Sparkplug 3.0, chapters 5 and 6).
 * - Births name metrics, aliases and datatypes, and carry all values.
 * - Data of what was not born, of metrics that its birth did not name, or after a gap in `seq` needs a rebirth. After a gap
 *   the data is still taken, as uncertain.
 * - A death makes every metric bad: an NDEATH now, for it was written when the node connected, unless its bdSeq is that of
 *   another session; a DDEATH at its own time. Never before the last value.
 */
export function receiveSparkplug(node: SparkplugNode, message: SparkplugMessage, receivedAtMs: number): SparkplugStep {
  switch (message.type) {
    case 'NBIRTH':
      return bear(nodeBorn(node, message.payload), message, receivedAtMs)
    case 'NDEATH':
      return nodeDied(node, message.payload, receivedAtMs)
    case 'DBIRTH': {
      const { next, gap } = count(node, message.payload.seq)
      return withRebirth(bear(next, message, receivedAtMs), gap)
    }
    case 'DDEATH': {
      const { next, gap } = count(node, message.payload.seq)
      const step = kill(next, message.device ?? '', message.payload.timestampMs ?? receivedAtMs)
      return withRebirth({ ...step, died: true }, gap)
    }
    case 'NDATA':
    case 'DDATA': {
      const { next, gap } = count(node, message.payload.seq)
      return withRebirth(takeData(next, message, receivedAtMs), gap)
    }
    default:
      return message.type satisfies never
  }
}

/** The first reason stands. */
function withRebirth(step: SparkplugStep, reason: string | undefined): SparkplugStep {
  const rebirth = step.rebirth ?? reason
  return rebirth === undefined ? step : { ...step, rebirth }
}

/** A new session, or the same once more. Devices have to be born again after it. */
function nodeBorn(node: SparkplugNode, { seq, metrics }: SparkplugPayload): SparkplugNode {
  const bdSeq = bdSeqOf(metrics)
  return {
    born: true,
    complete: true,
    ...(seq !== undefined && { seq }),
    ...(bdSeq !== undefined && { bdSeq }),
    members: new Map(Array.from(node.members, ([id, member]) => [id, { ...member, born: false }])),
  }
}

/** Follows the counter of the node. The same number again is taken for a repetition by the broker. */
function count(node: SparkplugNode, seq: number | undefined): { next: SparkplugNode; gap?: string } {
  if (!node.born) return { next: node, gap: 'its edge node was not born yet' }
  if (seq === undefined) return { next: node }
  const due = node.seq === undefined ? seq : (node.seq + 1) % 256
  if (seq === due || seq === node.seq) {
    const next = { ...node, seq }
    return node.complete ? { next } : { next, gap: 'messages were missed' }
  }
  return { next: { ...node, seq, complete: false }, gap: `messages are missing: number ${due} was due, ${seq} came` }
}

function bear(node: SparkplugNode, { device, payload }: SparkplugMessage, receivedAtMs: number): SparkplugStep {
  const id = device ?? ''
  const before = node.members.get(id)
  const birth = readBirth(payload.metrics)
  const bornMs = payload.timestampMs ?? receivedAtMs
  const badAtMs = before?.badAtMs
  const taken = payload.metrics.flatMap((metric) => {
    const reading = readingOf(birth, metric, device, bornMs, QUALITY.good)
    if (!reading) return []
    // The value may be older than the death that this birth ends, but it is valid again only from here on.
    const hidden = badAtMs !== undefined && reading.tsMs <= badAtMs && !metric.isHistorical
    return [hidden ? { ...reading, tsMs: Math.max(bornMs, badAtMs + 1) } : reading]
  })
  const gone = before && badAtMs === undefined ? goneMetrics(before.birth, birth) : []
  const readings = [...taken, ...gone.map((metric) => badReading(device, metric, after(before, bornMs)))]
  const member: Member = { born: true, birth, newestMs: newestOf(before?.newestMs, readings, receivedAtMs) }
  return {
    node: { ...node, members: new Map(node.members).set(id, member) },
    readings,
    ...(birth.unreadable.length > 0 && { unreadable: birth.unreadable }),
  }
}

function takeData(node: SparkplugNode, { device, payload }: SparkplugMessage, receivedAtMs: number): SparkplugStep {
  const id = device ?? ''
  const member = node.members.get(id)
  if (!member?.born) return { node, readings: [], rebirth: 'data came before its birth' }
  const sentMs = payload.timestampMs ?? receivedAtMs
  const best = node.complete ? QUALITY.good : QUALITY.uncertain
  const readings = payload.metrics.flatMap((metric) => readingOf(member.birth, metric, device, sentMs, best) ?? [])
  const strange = payload.metrics.find((metric) => !findBorn(member.birth, metric))
  const next = { ...member, newestMs: newestOf(member.newestMs, readings, receivedAtMs) }
  const step: SparkplugStep = { node: { ...node, members: new Map(node.members).set(id, next) }, readings }
  if (!strange) return step
  const named = strange.name === undefined ? `the alias ${strange.alias ?? '(none)'}` : `"${strange.name}"`
  return withRebirth(step, `its birth did not name ${named}`)
}

function nodeDied(node: SparkplugNode, { metrics }: SparkplugPayload, receivedAtMs: number): SparkplugStep {
  const bdSeq = bdSeqOf(metrics)
  // The will of an earlier session, which the broker noticed to be over only after the node had come back.
  if (bdSeq !== undefined && node.bdSeq !== undefined && bdSeq !== node.bdSeq) return { node, readings: [] }
  const steps = Array.from(node.members.keys()).reduce<SparkplugStep>(
    (sofar, id) => {
      const step = kill(sofar.node, id, receivedAtMs)
      return { node: step.node, readings: [...sofar.readings, ...step.readings] }
    },
    { node, readings: [] },
  )
  return { node: { born: false, complete: false, members: steps.node.members }, readings: steps.readings, died: true }
}

/** Declares the metrics of a member bad, once until it is born again. */
function kill(node: SparkplugNode, id: string, diedMs: number): SparkplugStep {
  const member = node.members.get(id)
  if (!member) return { node, readings: [] }
  const atMs = member.badAtMs ?? after(member, diedMs)
  const members = new Map(node.members).set(id, { ...member, born: false, badAtMs: atMs })
  const names = member.badAtMs === undefined ? takenMetrics(member.birth) : []
  const device = id === '' ? undefined : id
  return { node: { ...node, members }, readings: names.map((metric) => badReading(device, metric, atMs)) }
}

function readingOf(
  birth: Birth,
  metric: SparkplugMetric,
  device: string | undefined,
  otherwiseMs: number,
  best: Quality,
): MetricReading | undefined {
  const born = findBorn(birth, metric)
  if (!born?.taken) return undefined
  const found = metric.isNull ? undefined : valueOf(metric, metric.datatype ?? born.datatype)
  const value = found === undefined || (typeof found === 'number' && !Number.isFinite(found)) ? null : found
  const quality = value === null ? QUALITY.bad : Math.max(best, qualityOf(metric.qualityCode))
  return {
    ...(device !== undefined && { device }),
    metric: born.name,
    tsMs: metric.timestampMs ?? otherwiseMs,
    value,
    quality: quality as Quality,
  }
}

/**
 * 0 bad, 192 good, 500 stale: a value of before, so uncertain. Other codes are read as those of OPC, which these come from:
 * below 64 bad, 192–255 good, the rest uncertain.
 */
function qualityOf(code = 192): Quality {
  if (code >= 192 && code < 256) return QUALITY.good
  return code >= 0 && code < 64 ? QUALITY.bad : QUALITY.uncertain
}

const badReading = (device: string | undefined, metric: string, tsMs: number): MetricReading => ({
  ...(device !== undefined && { device }),
  metric,
  tsMs,
  value: null,
  quality: QUALITY.bad,
})

/** A source's clock may be ahead of ours: an end before the last value would not end it. */
const after = (member: Pick<Member, 'newestMs'> | undefined, ms: number) => Math.max(ms, (member?.newestMs ?? 0) + 1)

/** Times that the platform will refuse as lying ahead must not move a death there. */
const newestOf = (before: number | undefined, readings: readonly MetricReading[], receivedAtMs: number) =>
  readings.reduce(
    (newest, { tsMs }) => (tsMs <= receivedAtMs + UPLINK_LIMITS.aheadMs ? Math.max(newest, tsMs) : newest),
    before ?? 0,
  )

const takenMetrics = (birth: Birth) => [...birth.byName.values()].flatMap(({ name, taken }) => (taken ? [name] : []))
const goneMetrics = (before: Birth, now: Birth) =>
  takenMetrics(before).filter((name) => now.byName.get(name)?.taken !== true)
