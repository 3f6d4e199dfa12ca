import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogError, type ConsumeOptions, type LogBatch, type PartitionedLog } from '../src/partitioned-log.ts'

/** One log under test, which outlives the `PartitionedLog` objects that are opened on it. */
export interface LogUnderTest {
  /** Opens the log with 2 partitions; again after a `close`, with all records still there. */
  open(): Promise<PartitionedLog>
  /** A payload size that the adapter must refuse. */
  oversizedBytes: number
  /** Makes the log delete its oldest records, by `trim` or retention: afterwards `bounds(0).first` is above 0. */
  loseOldest(log: PartitionedLog): Promise<void>
  /** Removes everything. */
  dispose(): Promise<void>
}

/** What every adapter of `PartitionedLog` must do. Each adapter's test file calls this with its own way to make a log. */
export function partitionedLogConformance(name: string, prepare: () => Promise<LogUnderTest>): void {
  describe(`partitioned log: ${name}`, () => {
    let under: LogUnderTest
    let log: PartitionedLog

    beforeEach(async () => {
      under = await prepare()
      log = await under.open()
    })
    afterEach(async () => {
      await log.close()
      await under.dispose()
    })

    const append = (partition: number, ...texts: string[]) =>
      Promise.all(texts.map((text) => log.append(partition, Buffer.from(text))))

    it('delivers the records of a partition in the order of the calls', async () => {
      const texts = numbered('r', 0, 300)
      const positions = await append(0, ...texts)
      expect(positions).toEqual([...positions].sort((a, b) => a - b))
      expect(new Set(positions).size).toBe(300)
      const { records } = await consumeUntil(log, { partition: 0, from: 'start' }, 300)
      expect(records.map((record) => record.text)).toEqual(texts)
      expect(records.map((record) => record.position)).toEqual(positions)
    })

    it('keeps partitions apart', async () => {
      await append(0, 'zero')
      await append(1, 'one')
      expect((await consumeUntil(log, { partition: 0, from: 'start' }, 1)).texts).toEqual(['zero'])
      expect((await consumeUntil(log, { partition: 1, from: 'start' }, 1)).texts).toEqual(['one'])
    })

    it('keeps payloads byte for byte', async () => {
      const payload = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) & 0xff)
      await log.append(0, payload)
      const { records } = await consumeUntil(log, { partition: 0, from: 'start' }, 1)
      expect(Buffer.compare(records[0]!.payload, payload)).toBe(0)
    })

    it('delivers what is appended while a consumer waits', async () => {
      const consumed = consumeUntil(log, { partition: 0, from: 'start' }, 3)
      await append(0, 'a')
      await append(0, 'b', 'c')
      expect((await consumed).texts).toEqual(['a', 'b', 'c'])
    })

    it('lets two consumers read at their own pace', async () => {
      let letSlowGoOn = () => {}
      const mayGoOn = new Promise<void>((resolve) => (letSlowGoOn = resolve))
      const slow = consumeUntil(log, { partition: 0, from: 'start', maxRecords: 1 }, 20, () => mayGoOn)
      const texts = numbered('r', 0, 20)
      await append(0, ...texts)
      expect((await consumeUntil(log, { partition: 0, from: 'start' }, 20)).texts).toEqual(texts)
      letSlowGoOn()
      expect((await slow).texts).toEqual(texts)
    })

    it('goes on at a saved position, repeating nothing and skipping nothing', async () => {
      await append(0, ...numbered('r', 0, 10))
      const first = await consumeUntil(log, { partition: 0, from: 'start', maxRecords: 4 }, 4)
      await append(0, ...numbered('r', 10, 15))
      const second = await consumeUntil(log, { partition: 0, from: first.next }, 11)
      expect([...first.texts, ...second.texts]).toEqual(numbered('r', 0, 15))
    })

    it('keeps records and positions over a restart', async () => {
      await append(0, ...numbered('r', 0, 10))
      const { next } = await consumeUntil(log, { partition: 0, from: 'start', maxRecords: 6 }, 6)
      const bounds = await log.bounds(0)
      await log.close()
      log = await under.open()
      expect(await log.bounds(0)).toEqual(bounds)
      await append(0, 'after')
      expect((await consumeUntil(log, { partition: 0, from: next }, 5)).texts).toEqual([
        ...numbered('r', 6, 10),
        'after',
      ])
    })

    it('hands a batch again when its handler failed, and ends with the error of the handler', async () => {
      await append(0, 'a', 'b')
      const refusal = new Error('database is away')
      const failing = log.consume({ partition: 0, from: 'start', signal: never }, () => Promise.reject(refusal))
      await expect(failing).rejects.toBe(refusal)
      expect((await consumeUntil(log, { partition: 0, from: 'start' }, 2)).texts).toEqual(['a', 'b'])
    })

    it('starts at the end when told so', async () => {
      await append(0, 'old')
      let ended = false
      const consumed = consumeUntil(log, { partition: 0, from: 'end', maxRecords: 1 }, 1).finally(() => (ended = true))
      // Nobody can see when a consumer has found the end, so records come until it got one.
      while (!ended) await append(0, 'new')
      expect((await consumed).texts).toEqual(['new'])
    })

    it('bounds a batch by records and by bytes, but always delivers one record', async () => {
      await append(0, ...numbered('r', 0, 10))
      const byCount = await consumeUntil(log, { partition: 0, from: 'start', maxRecords: 3 }, 10)
      expect(Math.max(...byCount.batchSizes)).toBeLessThanOrEqual(3)
      const byBytes = await consumeUntil(log, { partition: 0, from: 'start', maxBytes: 1 }, 10)
      expect(byBytes.batchSizes).toEqual(Array.from({ length: 10 }, () => 1))
      expect(byBytes.texts).toEqual(numbered('r', 0, 10))
    })

    it('hands out one batch at a time, so a slow handler holds no more than one', async () => {
      await append(0, ...numbered('r', 0, 40))
      let running = 0
      let most = 0
      await consumeUntil(log, { partition: 0, from: 'start', maxRecords: 4 }, 40, async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
      })
      expect(most).toBe(1)
    })

    it('ends when aborted while it waits, before it starts, and after the batch in hand', async () => {
      const waiting = new AbortController()
      const waits = log.consume({ partition: 0, from: 'start', signal: waiting.signal }, () => Promise.resolve())
      waiting.abort()
      await expect(waits).resolves.toBeUndefined()

      await append(0, 'a', 'b')
      const handled: string[] = []
      const keep = (batch: LogBatch) => void handled.push(...batch.records.map(textOf))
      await log.consume({ partition: 0, from: 'start', signal: AbortSignal.abort() }, async (batch) => keep(batch))
      expect(handled).toEqual([])

      const inHand = new AbortController()
      await log.consume({ partition: 0, from: 'start', maxRecords: 1, signal: inHand.signal }, async (batch) => {
        inHand.abort()
        keep(batch)
      })
      expect(handled).toEqual(['a'])
    })

    it('refuses a payload that is too large, and nothing else suffers', async () => {
      await append(0, 'before')
      await expect(log.append(0, new Uint8Array(under.oversizedBytes))).rejects.toMatchObject({ code: 'log/too-large' })
      await append(0, 'after')
      expect((await consumeUntil(log, { partition: 0, from: 'start' }, 2)).texts).toEqual(['before', 'after'])
    })

    it('reports records that were deleted before they were consumed, then goes on at the oldest', async () => {
      const { first: before } = await log.bounds(0)
      await under.loseOldest(log)
      const { first, next } = await log.bounds(0)
      expect(first).toBeGreaterThan(before)

      const silent = log.consume({ partition: 0, from: before, signal: never }, () => Promise.resolve())
      await expect(silent).rejects.toMatchObject({ code: 'log/gap' })

      const gaps: unknown[] = []
      const options = { partition: 0, from: before, onGap: (gap: unknown) => void gaps.push(gap) }
      const consumed = consumeUntil(log, options, next - first + 1)
      await append(0, 'after')
      const { records, texts } = await consumed
      expect(gaps).toEqual([{ partition: 0, from: before, first }])
      expect(records.map((record) => record.position)).toEqual(Array.from(records, (_, i) => first + i))
      expect(texts.at(-1)).toBe('after')
    })

    it('keeps what is not before a trimmed position', async () => {
      const positions = await append(0, ...numbered('r', 0, 10))
      await log.trim(0, positions[5]!)
      expect((await consumeUntil(log, { partition: 0, from: positions[5]! }, 5)).texts).toEqual(numbered('r', 5, 10))
    })

    it('refuses a position beyond the end, which was saved from another log', async () => {
      const { next } = await log.bounds(0)
      const foreign = log.consume({ partition: 0, from: next + 5, signal: never }, () => Promise.resolve())
      await expect(foreign).rejects.toMatchObject({ code: 'log/beyond-end' })
    })

    it('names a partition that does not exist', async () => {
      const error = { code: 'log/no-partition' }
      await expect(log.append(2, Buffer.from('x'))).rejects.toMatchObject(error)
      await expect(log.bounds(-1)).rejects.toMatchObject(error)
      await expect(log.trim(2, 0)).rejects.toMatchObject(error)
      const consuming = log.consume({ partition: 2, from: 'start', signal: never }, () => Promise.resolve())
      await expect(consuming).rejects.toMatchObject(error)
    })

    it('stores what was being appended when it is closed, then refuses; waiting consumers end', async () => {
      const waiting = log.consume({ partition: 1, from: 'start', signal: never }, () => Promise.resolve())
      const appended = append(0, 'a', 'b')
      await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'log/closed' }), log.close()])
      await appended
      await expect(log.append(0, Buffer.from('c'))).rejects.toBeInstanceOf(LogError)
      await expect(log.append(0, Buffer.from('c'))).rejects.toMatchObject({ code: 'log/closed' })
      log = await under.open()
      expect((await consumeUntil(log, { partition: 0, from: 'start' }, 2)).texts).toEqual(['a', 'b'])
    })
  })
}

interface Consumed {
  records: { position: number; payload: Uint8Array; text: string }[]
  texts: string[]
  batchSizes: number[]
  next: number
}

const never = new AbortController().signal

/** Consumes until `count` records were handled; fails the test when there are more. */
async function consumeUntil(
  log: PartitionedLog,
  options: Omit<ConsumeOptions, 'signal'>,
  count: number,
  work: () => Promise<void> = () => Promise.resolve(),
): Promise<Consumed> {
  const done = new AbortController()
  const consumed: Consumed = { records: [], texts: [], batchSizes: [], next: -1 }
  await log.consume({ ...options, signal: done.signal }, async (batch) => {
    await work()
    expect(batch.partition).toBe(options.partition)
    expect(batch.records.length).toBeGreaterThan(0)
    for (const record of batch.records) consumed.records.push({ ...record, text: textOf(record) })
    consumed.batchSizes.push(batch.records.length)
    consumed.next = batch.next
    if (consumed.records.length >= count) done.abort()
  })
  consumed.texts = consumed.records.map((record) => record.text)
  expect(consumed.records.length).toBe(count)
  return consumed
}

function textOf(record: { payload: Uint8Array }): string {
  return Buffer.from(record.payload).toString()
}

function numbered(prefix: string, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `${prefix}${from + i}`)
}
