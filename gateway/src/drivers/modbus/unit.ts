import { QUALITY } from '@fettle/contracts/uplink'
import { backoff } from '@fettle/platform/retry'
import type { DriverContext, Reading } from '../../driver.ts'
import type { ModbusSource, ModbusTag, ModbusUnit } from './config.ts'
import { compileDecode, lengthOf, type Decode } from './decode.ts'
import { ModbusFault, type Link } from './link.ts'
import { narrow, plan, type Block, type Span } from './plan.ts'

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
  { pollMs: sourcePollMs, timeoutMs }: Pick<ModbusSource, 'pollMs' | 'timeoutMs'>,
  { clock, report, solved }: Pick<DriverContext, 'clock' | 'report' | 'solved'>,
): Unit {
  const pollMs = config.pollMs ?? sourcePollMs
  const tags = config.tags.map((tag) => compileTag(config, tag))
  const pauses = backoff({ initialMs: 2 * timeoutMs, maxMs: longestPauseMs })
  /** Tags that the unit does not have, and when to ask for them again. */
  const refused = new Map<Tag, number>()
  let blocks = plan(tags)
  let dueMs = 0
  let answers = true
  let declaredBad = false

  async function poll(link: Link): Promise<Reading[]> {
    // Due times stay on a grid; after a stall the missed ones are left out.
    const lateMs = monotonicMs() - dueMs
    if (lateMs >= 0) dueMs += pollMs * (Math.floor(lateMs / pollMs) + 1)
    const readings: Reading[] = []
    await readBlocks(link, readings)
    await askAgain(link, readings)
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
      const refusal = await readBlock(link, { ...tag, tags: [tag] }, into)
      if (refusal) {
        refused.set(tag, monotonicMs() + refusedRetryMs)
        continue
      }
      refused.delete(tag)
      solved(tag.name)
      blocks = plan(tags.filter((other) => !refused.has(other)))
    }
  }

  /** Answers the refusal, if it was one; any other fault is thrown. */
  async function readBlock(link: Link, block: Block<Tag>, into: Reading[]): Promise<ModbusFault | undefined> {
    try {
      const bytes = await link.read(config.unitId, block)
      const nowMs = clock.now()
      for (const tag of block.tags) into.push(readingOf(tag, nowMs, tag.decode(bytes, tag.address - block.address)))
      return undefined
    } catch (error) {
      if (error instanceof ModbusFault && error.code === 'refused') return error
      throw error
    }
  }

  function refuse(tag: Tag, refusal: ModbusFault, into: Reading[]): void {
    refused.set(tag, monotonicMs() + refusedRetryMs)
    into.push(readingOf(tag, clock.now(), null))
    report({ subject: tag.name, message: `unit ${config.unitId} refuses ${refusal.message}` })
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
    },
    poll,
    fail() {
      dueMs = monotonicMs() + Math.max(timeoutMs / deadTimeShare, pauses.next())
      answers = false
      if (declaredBad) return []
      declaredBad = true
      return tags.map((tag) => readingOf(tag, clock.now(), null))
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
const readingOf = ({ device, signal }: Tag, tsMs: number, value: Reading[3]): Reading => [
  device,
  signal,
  tsMs,
  value,
  value === null ? QUALITY.bad : QUALITY.good,
]
