import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../clock.ts'
import { openSegmentLog, type SegmentLog, type SegmentLogOptions } from './segment-log.ts'

let dir: string
let log: SegmentLog
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segment-log-'))
  log = await openSegmentLog({ dir })
})
afterEach(async () => {
  await log.close()
  await rm(dir, { recursive: true })
})

async function reopen(options: Partial<SegmentLogOptions> = {}): Promise<void> {
  await log.close()
  log = await openSegmentLog({ dir, ...options })
}

async function appendEach(...texts: string[]): Promise<void> {
  for (const text of texts) await log.append(Buffer.from(text))
}

/** All records from a position on, as text. */
async function readAll(from = log.firstPosition): Promise<string[]> {
  const texts: string[] = []
  for (let position = from; position < log.nextPosition;) {
    const { records, next } = await log.read(position)
    expect(records.map((record) => record.position)).toEqual(Array.from(records, (_, i) => position + i))
    expect(next).toBe(position + records.length)
    expect(records.length).toBeGreaterThan(0)
    texts.push(...records.map(({ payload }) => Buffer.from(payload).toString()))
    position = next
  }
  return texts
}

function numbered(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `record ${from + i}`)
}

describe('append', () => {
  it('numbers records from 0 and goes on after a reopen', async () => {
    expect(await Promise.all(numbered(0, 3).map((text) => log.append(Buffer.from(text))))).toEqual([0, 1, 2])
    await reopen()
    expect(log.nextPosition).toBe(3)
    expect(await log.append(Buffer.from('record 3'))).toBe(3)
    expect(await readAll()).toEqual(numbered(0, 4))
  })

  it('takes several at once and gives the position of the first', async () => {
    await appendEach('record 0')
    expect(await log.appendAll(numbered(1, 4).map((text) => Buffer.from(text)))).toBe(1)
    expect(log.stats().groups).toBe(2)
    expect(await readAll()).toEqual(numbered(0, 4))
    await expect(log.appendAll([])).rejects.toThrow(RangeError)
  })

  it('takes an empty payload', async () => {
    await appendEach('', 'x', '')
    await reopen()
    expect(await readAll()).toEqual(['', 'x', ''])
  })

  it('takes 5 MiB and keeps it over a reopen', async () => {
    const payload = Buffer.alloc(5 * 1024 * 1024, 'fettle')
    await appendEach('small')
    await log.append(payload)
    await appendEach('after')
    await reopen()
    const { records } = await log.read(1, { maxBytes: 1000 })
    expect(records).toHaveLength(1)
    expect(Buffer.compare(records[0]!.payload, payload)).toBe(0)
    expect(await readAll(2)).toEqual(['after'])
  })

  it('refuses more than 16 MiB and stays usable', async () => {
    const tooLarge = log.append(new Uint8Array(16 * 1024 * 1024 + 1))
    await expect(tooLarge).rejects.toMatchObject({ code: 'too-large' })
    await appendEach('fine')
    expect(await readAll()).toEqual(['fine'])
  })

  it('is refused after close, while what came before is stored', async () => {
    const last = log.append(Buffer.from('last'))
    await log.close()
    expect(await last).toBe(0)
    await expect(log.append(Buffer.from('late'))).rejects.toMatchObject({ code: 'closed' })
    await expect(log.read(0)).rejects.toMatchObject({ code: 'closed' })
    await reopen()
    expect(await readAll()).toEqual(['last'])
  })
})

describe.each([
  ['from memory', {}],
  ['from disk', { recentBytes: 0 }],
  ['partly from memory', { recentBytes: 200 }],
  ['from disk, over many segments', { recentBytes: 0, segmentBytes: 100 }],
])('read %s', (_, options) => {
  beforeEach(async () => {
    await reopen(options)
    await appendEach(...numbered(0, 10))
  })

  it('gives all records from any position on', async () => {
    for (let from = 0; from <= 10; from++) expect(await readAll(from)).toEqual(numbered(from, 10))
  })

  it('gives at most so many records, and so many bytes, but at least one', async () => {
    const byCount = await log.read(3, { maxRecords: 2 })
    expect(byCount.records.map(({ position }) => position)).toEqual([3, 4])
    expect(byCount.next).toBe(5)
    const byBytes = await log.read(3, { maxBytes: 17 }) // two records are 16
    expect(byBytes.records.map(({ position }) => position)).toEqual([3, 4])
    expect((await log.read(3, { maxBytes: 1 })).records.map(({ position }) => position)).toEqual([3])
  })

  it('gives nothing at the end, and an error beyond it', async () => {
    expect(await log.read(10)).toEqual({ records: [], next: 10 })
    await expect(log.read(11)).rejects.toMatchObject({ code: 'beyond-end' })
    await expect(log.read(-1)).rejects.toMatchObject({ code: 'trimmed' })
    await expect(log.read(0.5)).rejects.toMatchObject({ code: 'beyond-end' })
  })
})

it('finds a record deep in a large segment after a reopen, and again', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `${i}`.padEnd(200, '.'))
  await log.appendAll(texts.map((text) => Buffer.from(text)))
  await appendEach('in a second segment')
  await reopen({ segmentBytes: 1 }) // whatever is appended now goes into a new segment, so the first must be searched
  await appendEach('in a third')
  for (const from of [2900, 17, 2901, 1500]) {
    const { records } = await log.read(from, { maxRecords: 1 })
    expect(Buffer.from(records[0]!.payload).toString()).toBe(texts[from])
  }
})

describe('changed', () => {
  const signal = new AbortController().signal

  it('resolves at once when there is something to read', async () => {
    await appendEach('a')
    await expect(log.changed(0, signal)).resolves.toBeUndefined()
  })

  it('resolves when the record at the position has become durable, not before', async () => {
    const events: string[] = []
    const second = log.changed(1, signal).then(() => events.push('second'))
    const first = log.changed(0, signal).then(() => events.push('first'))
    await appendEach('a')
    await first
    expect(events).toEqual(['first'])
    await appendEach('b')
    await second
    expect(events).toEqual(['first', 'second'])
  })

  it('rejects when aborted, before or while it waits', async () => {
    const stop = new AbortController()
    const waiting = log.changed(0, stop.signal)
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(log.changed(0, stop.signal)).rejects.toThrow('enough')
  })

  it('rejects when the log is closed', async () => {
    const waiting = log.changed(0, signal)
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'closed' }), log.close()])
    await expect(log.changed(0, signal)).rejects.toMatchObject({ code: 'closed' })
  })
})

describe('segments', () => {
  beforeEach(() => reopen({ segmentBytes: 100, recentBytes: 0 })) // 24 bytes of frame and 8 of text: three a segment

  it('are begun when one is full, and named by their first position', async () => {
    await appendEach(...numbered(0, 8))
    expect((await readdir(dir)).sort()).toEqual([0, 3, 6].map((first) => `${String(first).padStart(20, '0')}.seg`))
    expect(log.stats()).toMatchObject({ segments: 3, first: 0, next: 8, bytes: 8 * 32 })
  })

  it('are deleted by trim when they lie entirely before the position', async () => {
    await appendEach(...numbered(0, 8))
    await log.trim(2)
    expect(log.firstPosition).toBe(0)
    await log.trim(5)
    expect(log.firstPosition).toBe(3)
    await log.trim(8)
    expect(log.firstPosition).toBe(6) // the one that is written stays
    expect(await readAll()).toEqual(numbered(6, 8))
    await expect(log.read(5)).rejects.toMatchObject({ code: 'trimmed' })
    await reopen()
    expect(log.stats()).toMatchObject({ segments: 1, first: 6, next: 8 })
    expect(await readAll()).toEqual(numbered(6, 8))
  })

  it('may be trimmed several times at once', async () => {
    await appendEach(...numbered(0, 8))
    await Promise.all([log.trim(3), log.trim(6), log.trim(3)])
    expect(log.firstPosition).toBe(6)
    expect(await readdir(dir)).toHaveLength(1)
  })

  it('leave other files in the folder alone', async () => {
    await writeFile(join(dir, 'cursor.json'), '{}')
    await writeFile(join(dir, '1.seg'), 'not ours')
    await appendEach(...numbered(0, 4))
    await reopen()
    expect(await readAll()).toEqual(numbered(0, 4))
    expect(await readdir(dir)).toEqual(expect.arrayContaining(['cursor.json', '1.seg']))
  })
})

describe('retention', () => {
  it('deletes the oldest segments beyond a size', async () => {
    await reopen({ segmentBytes: 100, retention: { maxBytes: 200 } })
    await appendEach(...numbered(0, 30))
    await log.close() // waits for removals
    const { bytes, first } = log.stats()
    expect(bytes).toBeLessThanOrEqual(200)
    expect(first).toBeGreaterThanOrEqual(21)
    await reopen()
    expect(await readAll()).toEqual(numbered(first, 30))
  })

  it('deletes segments whose last record is too old, never the newest', async () => {
    const clock = fakeClock(Date.now())
    await reopen({ segmentBytes: 100, retention: { maxAgeMs: 60_000 }, clock })
    await appendEach(...numbered(0, 6))
    clock.advance(59_000)
    await appendEach('record 6')
    expect(log.firstPosition).toBe(0)
    clock.advance(2_000)
    await appendEach('record 7')
    await log.close()
    expect(log.stats()).toMatchObject({ first: 6, next: 8, segments: 1 })
  })
})
