import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import { backoff } from '@fettle/platform/retry'
import type { DriverContext, Reading } from '../../driver.ts'
import type { ModbusSource, ModbusTag, ModbusUnit } from './config.ts'
import { compileDecode, lengthOf, type Decode } from './decode.ts'
import { ModbusFault, type Link } from './link.ts'
import { narrow, plan, planTogether, type Block, type Span } from './plan.ts'
import { arrivalClock, registerClock, type SampleClock } from './sample-clock.ts'

/** One unit of a bus: when it is due, how it is read, and what is said when it falls silent. */
export interface Unit {
  readonly unitId: number
  /** When the unit is to be read next, in `monotonicMs`. */
  readonly dueMs: number
  /** False from `fail` until it answers again. */
  readonly answers: boolean
  /** Makes the unit due at once, at the beginning of a run. */
  begin(): void
  /** Reads all tags once. Rejects with a `ModbusFault` when the unit or the bus is at fault. */
  poll(link: Link): Promise<Reading[]>
  /** The unit did not answer: puts it off with a back-off. The readings declare its signals bad, once until it answers. */
  fail(): Reading[]
}

interface Tag extends Span {
  device: string
  signal: string
  name: string
  decode: Decode
}

/** A tag that its unit refuses is asked for again after this long; somebody may have loaded the right program. */
const refusedRetryMs = 60_000
const longestPauseMs = 60_000
/** A dead unit may cost the others of its bus this share of the time, each attempt being one timeout. */
const deadTimeShare = 0.2

export function createUnit(
  config: ModbusUnit,
  source: Pick<ModbusSource, 'pollMs' | 'timeoutMs' | 'timeFrom'>,
  context: Pick<DriverContext, 'clock' | 'report' | 'solved'>,
): Unit {
  const { report, solved } = context
  const { timeoutMs } = source
  const pollMs = config.pollMs ?? source.pollMs
  const timeFrom = config.timeFrom ?? source.timeFrom
  const samples: SampleClock<Tag> = timeFrom
    ? registerClock(timeFrom, `time of unit ${config.unitId}`, context)
    : arrivalClock(context)
  const { anchor } = samples
  const planned = (some: Tag[]) => (anchor ? planTogether(some, anchor) : plan(some))
  const tags = config.tags.map((tag) => compileTag(config, tag))
  const pauses = backoff({ initialMs: 2 * timeoutMs, maxMs: longestPauseMs })
  /** Tags that the unit does not have, and when to ask for them again. */
  const refused = new Map<Tag, number>()
  let blocks = planned(tags)
  let dueMs = 0
  let answers = true
  let declaredBad = false

  async function poll(link: Link): Promise<Reading[]> {
    // Due times stay on a grid; after a stall the missed ones are left out.
    const lateMs = monotonicMs() - dueMs
    if (lateMs >= 0) dueMs += pollMs * (Math.floor(lateMs / pollMs) + 1)
    const readings: Reading[] = []
    try {
      await readBlocks(link, readings)
      await askAgain(link, readings)
    } catch (error) {
      samples.takeAgain()
      throw error
    }
    answers = true
    declaredBad = false
    pauses.reset()
    return readings
  }

  async function readBlocks(link: Link, into: Reading[]): Promise<void> {
    const accepted: Block<Tag>[] = []
    const queue = [...blocks]
    for (let block = queue.shift(); block; block = queue.shift()) {
      const refusal = await readBlock(link, block, into)
      if (!refusal) {
        accepted.push(block)
        continue
      }
      const pieces = narrow(block)
      queue.unshift(...pieces)
      if (pieces.length === 0) for (const tag of block.tags) refuse(tag, refusal, into)
    }
    blocks = accepted
  }

  async function askAgain(link: Link, into: Reading[]): Promise<void> {
    const due = [...refused].filter(([, untilMs]) => untilMs <= monotonicMs()).map(([tag]) => tag)
    for (const tag of due) {
      const [block] = planned([tag])
      const refusal = block && (await readBlock(link, block, into))
      if (refusal) {
        refused.set(tag, monotonicMs() + refusedRetryMs)
        continue
      }
      refused.delete(tag)
      solved(tag.name)
      blocks = planned(tags.filter((other) => !refused.has(other)))
    }
  }

  /** Answers the refusal, if it was one; any other fault is thrown. */
  async function readBlock(link: Link, block: Block<Tag>, into: Reading[]): Promise<ModbusFault | undefined> {
    try {
      const bytes = await link.read(config.unitId, block)
      const stamp = samples.stampOf(bytes, block.address)
      for (const tag of block.tags.filter((each) => samples.takes(each, stamp))) {
        into.push(readingOf(tag, stamp.tsMs, tag.decode(bytes, tag.address - block.address), stamp.quality))
      }
      return undefined
    } catch (error) {
      if (error instanceof ModbusFault && error.code === 'refused') return error
      throw error
    }
  }

  function refuse(tag: Tag, refusal: ModbusFault, into: Reading[]): void {
    refused.set(tag, monotonicMs() + refusedRetryMs)
    into.push(...lost([tag]))
    report({ subject: tag.name, message: `unit ${config.unitId} refuses ${refusal.message}` })
  }

  /** Declares tags bad. Of a unit that never told its time nothing can be said on its time axis. */
  function lost(some: Tag[]): Reading[] {
    return some.flatMap((tag) => {
      const atMs = samples.lostAtMs(tag)
      return atMs === undefined ? [] : [readingOf(tag, atMs, null)]
    })
  }

  return {
    unitId: config.unitId,
    get dueMs() {
      return dueMs
    },
    get answers() {
      return answers
    },
    begin() {
      dueMs = monotonicMs()
      answers = true
      samples.takeAgain()
    },
    poll,
    fail() {
      dueMs = monotonicMs() + Math.max(timeoutMs / deadTimeShare, pauses.next())
      answers = false
      if (declaredBad) return []
      declaredBad = true
      return lost(tags)
    },
  }
}

/** For pacing: a corrected wall clock must neither stop a poller nor make it race. */
export const monotonicMs = () => performance.now()

function compileTag(unit: ModbusUnit, tag: ModbusTag): Tag {
  const device = tag.device ?? unit.device ?? ''
  const { area, address, signal } = tag
  return {
    area,
    address,
    length: lengthOf(tag),
    device,
    signal,
    name: `${device}/${signal}`,
    decode: compileDecode(tag),
  }
}

/** No legal value is a bad reading: that a sensor says nonsense is worth knowing. */
const readingOf = (
  { device, signal }: Tag,
  tsMs: number,
  value: Reading[3],
  quality: Quality = QUALITY.good,
): Reading => [device, signal, tsMs, value, value === null ? QUALITY.bad : quality]
