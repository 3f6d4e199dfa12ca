import { QUALITY } from '@fettle/contracts/uplink'
import type { Reading } from '../../driver.ts'
import type { OpcuaTag } from './config.ts'
import { compileDecode, type Sample } from './decode.ts'
import type { ServerClock } from './server-clock.ts'

/** What a sample gave: a reading unless it says nothing new, and what is wrong with the node, if something is. */
export interface Taken {
  reading?: Reading
  fault?: string
}

/**
 * Where a sample comes from: the server has `told` it; it was `asked` for; or it was told before but `missed`, so that
 * it was never stored.
 */
export type Origin = 'told' | 'asked' | 'missed'

/** One node and the signal that it feeds. It outlives connections, so that it knows what was already said. */
export interface Tag {
  readonly config: OpcuaTag
  /** `device/signal`, the subject of its problems. */
  readonly name: string
  /** True from `lose` until a reading that is newer has been taken. */
  readonly lost: boolean
  /** The next sample will be the first of a new subscription: what the value is, not that it has changed. */
  begin(): void
  take(sample: Sample, origin: Origin): Taken
  /** The node can no longer be seen: a bad reading without a value, once until it is seen again. */
  lose(): Reading | undefined
}

/** A change that is so much older than the one before comes from a clock that was set back, not from a queue. */
const clockSetBackMs = 3_600_000

/**
 * **Times.** A reading has the time of its sample. There are two readings for which the source gave none: the one that
 * says a signal is lost, and the one that says it is back with the value it had before. They have the time that the
 * source's own clock shows, reckoned from the last change that was told: the time of our own clock could lie ahead of
 * it, and everything after would look late. Where that clock was set back the reckoning begins anew: what it said while it
 * was ahead must not keep a signal lost until that time has come.
 */
export function createTag(device: string, config: OpcuaTag, server: ServerClock): Tag {
  const { signal } = config
  const decode = compileDecode(config)
  /** The sample that was taken last, as its source stamped it. */
  let heard: { ownMs: number; value: Reading[3]; quality: Reading[4] } | undefined
  /** Time of the newest reading, and when it was told in `performance.now()`. */
  let last: { tsMs: number; toldMs: number } | undefined
  let isFirst = true
  /** Whether the source's clock is known: a first value may be days old, a change is not. */
  let knowsClock = false
  let lost = false
  let faulty = false

  function nowAtSource(): number {
    if (!last) return server.now()
    const nowMs = knowsClock ? Math.round(last.tsMs + performance.now() - last.toldMs) : server.now()
    return Math.max(nowMs, last.tsMs + 1)
  }

  function tell(tsMs: number, value: Reading[3], quality: Reading[4]): Reading {
    if (isNewest(tsMs)) {
      last = { tsMs, toldMs: performance.now() }
      lost = false
    }
    return [device, signal, tsMs, value, quality]
  }

  const isNewest = (tsMs: number) => !last || tsMs > last.tsMs

  return {
    config,
    name: `${device}/${signal}`,
    get lost() {
      return lost
    },
    begin() {
      isFirst = true
    },
    take(sample, origin) {
      const { value, quality, fault, tsMs: ownMs = server.now() } = decode(sample)
      // Servers may tell what they have told already when a session moves to another connection.
      const isRepeated =
        origin === 'told' &&
        heard !== undefined &&
        ownMs === heard.ownMs &&
        value === heard.value &&
        quality === heard.quality
      /** It says what the value is, not that it has changed. */
      const isState = origin === 'asked' || (origin === 'told' && isFirst) || isRepeated
      heard = { ownMs, value, quality }
      if (origin === 'told') isFirst = false
      if (!isState) {
        knowsClock = true
        if (last && last.tsMs - ownMs > clockSetBackMs) last = undefined
      }
      if (fault !== undefined && faulty && !lost) return { fault }
      faulty = fault !== undefined
      const about = fault === undefined ? {} : { fault }
      if (isRepeated && !lost) return about
      const tsMs = lost && isState && !isNewest(ownMs) ? nowAtSource() : ownMs
      return { ...about, reading: tell(tsMs, value, quality) }
    },
    lose() {
      if (lost) return undefined
      const reading = tell(nowAtSource(), null, QUALITY.bad)
      lost = true
      return reading
    },
  }
}
