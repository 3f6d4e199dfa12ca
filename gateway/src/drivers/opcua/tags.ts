import type { DriverContext, Reading } from '../../driver.ts'
import type { OpcuaSource } from './config.ts'
import { hasOverflowed, isGone, type Sample } from './decode.ts'
import { resolveNodeId } from './node-id.ts'
import type { ServerClock } from './server-clock.ts'
import type { Subscription } from './subscription.ts'
import { createTag, type Origin, type Tag } from './tag.ts'

/** All tags of a source: which of them the server watches for us, and what is said about the others. */
export interface Tags {
  /** A new subscription has no items yet. */
  begin(): void
  /**
   * Registers what is not watched, or no longer, and was not refused within the last minute: somebody may load the right program.
   * The readings say, once, that what the server refuses is bad.
   */
  register(subscription: Subscription): Promise<Reading[]>
  /** What the server has seen. Reports the problems of single nodes. */
  take(values: readonly { handle: number; value: Sample }[], origin: Origin): Reading[]
  /** Asks for the values that were lost with a connection and have not changed since, so that nobody would tell. */
  confirm(subscription: Subscription): Promise<Reading[]>
  /** No tag can be seen any more. */
  loseAll(): Reading[]
}

const refusedRetryMs = 60_000

/** Of the problem that the server could not keep all that it has seen; it has passed when that has not happened for a while. */
const queues = { subject: 'queues', quietMs: 600_000 }

/** A tag as the server knows it; `handle` counts from 1. */
interface Watched {
  tag: Tag
  handle: number
  /** As this server numbers its namespaces; undefined while it watches nothing. */
  nodeId?: string
}

export function createTags(
  source: OpcuaSource,
  { report, solved }: Pick<DriverContext, 'report' | 'solved'>,
  clock: ServerClock,
): Tags {
  const all: Watched[] = source.devices
    .flatMap(({ device, tags }) => tags.map((config) => createTag(device, config, clock)))
    .map((tag, index) => ({ tag, handle: index + 1 }))
  /** `performance.now()` of the next attempt. */
  let registerAtMs = 0
  /** `performance.now()` of the last overflow that stands in the status. */
  let overflowedMs: number | undefined

  function refuse({ tag }: Watched, message: string): Reading[] {
    report({ subject: tag.name, message: `${tag.config.nodeId} ${message}` })
    return listOf(tag.lose())
  }

  function watchQueues(values: readonly { handle: number; value: Sample }[]): void {
    const overflowed = values.filter(({ value }) => hasOverflowed(value.statusCode.value))
    const [first] = overflowed
    if (first) {
      overflowedMs = performance.now()
      const others = overflowed.length > 1 ? ` and ${overflowed.length - 1} others` : ''
      const message = `the server has dropped values of ${all[first.handle - 1]?.tag.name ?? 'a node'}${others}: it keeps ${source.queueSize} of each node until they are fetched, see queueSize`
      report({ subject: queues.subject, message })
    } else if (overflowedMs !== undefined && performance.now() - overflowedMs > queues.quietMs) {
      overflowedMs = undefined
      solved(queues.subject)
    }
  }

  /** A program was loaded that does not have the node: the next one may, and it is registered anew then. */
  function forget(watched: Watched): void {
    watched.tag.begin()
    delete watched.nodeId
  }

  function takeOne(watched: Watched, value: Sample, origin: Origin): Reading[] {
    const { tag } = watched
    const { reading, fault } = tag.take(value, origin)
    if (isGone(value)) forget(watched)
    if (fault === undefined) solved(tag.name)
    else report({ subject: tag.name, message: `${tag.config.nodeId} ${fault}` })
    return listOf(reading)
  }

  return {
    begin() {
      for (const watched of all) forget(watched)
      registerAtMs = 0
    },
    async register(subscription) {
      if (performance.now() < registerAtMs) return []
      registerAtMs = performance.now() + refusedRetryMs
      const missing = all.filter(({ nodeId }) => nodeId === undefined)
      if (missing.length === 0) return []
      const readings: Reading[] = []
      const namespaces = await subscription.namespaces()
      const wanted = missing.flatMap((watched) => {
        const resolved = resolveNodeId(watched.tag.config.nodeId, namespaces)
        if (resolved.ok) return [{ watched, nodeId: resolved.nodeId }]
        readings.push(...refuse(watched, `is not there: ${resolved.reason}`))
        return []
      })
      const items = wanted.map(({ watched: { handle, tag }, nodeId }) => ({
        handle,
        nodeId,
        samplingMs: tag.config.samplingMs ?? source.samplingMs,
      }))
      const refusals = await subscription.monitor(items)
      for (const { watched, nodeId } of wanted) {
        const refusal = refusals.get(watched.handle)
        if (refusal === undefined) watched.nodeId = nodeId
        else readings.push(...refuse(watched, `is refused by the server: ${refusal}`))
      }
      return readings
    },
    take(values, origin) {
      watchQueues(values)
      return values.flatMap(({ handle, value }) => {
        const watched = all[handle - 1]
        return watched ? takeOne(watched, value, origin) : []
      })
    },
    async confirm(subscription) {
      const lost = all.flatMap((watched) => (watched.tag.lost && watched.nodeId !== undefined ? [watched] : []))
      if (lost.length === 0) return []
      const values = await subscription.read(lost.map(({ nodeId = '' }) => nodeId))
      return lost.flatMap((watched, index) => {
        const value = values[index]
        return value ? takeOne(watched, value, 'asked') : []
      })
    },
    loseAll: () => all.flatMap(({ tag }) => listOf(tag.lose())),
  }
}

const listOf = (reading: Reading | undefined): Reading[] => (reading ? [reading] : [])
