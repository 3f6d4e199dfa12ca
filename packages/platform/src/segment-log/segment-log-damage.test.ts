import { appendFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { segmentPath } from './segment-file.ts'
import { openSegmentLog, type SegmentLog } from './segment-log.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segment-log-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** Writes groups, each of which is one sync, and closes. */
async function write(groups: string[][], segmentBytes?: number): Promise<void> {
  const log = await openSegmentLog({ dir, ...(segmentBytes ? { segmentBytes } : {}) })
  for (const group of groups) await log.appendAll(group.map((text) => Buffer.from(text)))
  await log.close()
}

async function contents(log: SegmentLog): Promise<string[]> {
  const texts: string[] = []
  for (let from = log.firstPosition; from < log.nextPosition;) {
    const { records, next } = await log.read(from)
    texts.push(...records.map(({ payload }) => Buffer.from(payload).toString()))
    from = next
  }
  return texts
}

async function openAndRead() {
  const log = await openSegmentLog({ dir })
  const result = { texts: await contents(log), stats: log.stats() }
  await log.close()
  return result
}

async function flipByte(path: string, offset: number): Promise<void> {
  const file = await open(path, 'r+')
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset)
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 0xff]), 0, 1, offset)
  await file.close()
}

describe('an unfinished write at the end', () => {
  const file = () => segmentPath(dir, 0)

  it.each([
    ['half a header', Buffer.from('FTLG??')],
    ['a header without records', undefined],
    ['zeros, as after a power cut', Buffer.alloc(5000)],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff))],
    ['a record that claims more than is there', Buffer.from('ffff0000aabbccdd0102', 'hex')],
  ])('is cut off and reported: %s', async (_, tail) => {
    await write([['a', 'b'], ['c']])
    const { size } = await stat(file())
    const torn = tail ?? (await readFile(file())).subarray(0, 16)
    await appendFile(file(), torn)
    const { texts, stats } = await openAndRead()
    expect(texts).toEqual(['a', 'b', 'c'])
    expect(stats.droppedBytes).toBe(torn.length)
    expect((await stat(file())).size).toBe(size)
  })

  it('may be damage within the last group: what stands before it is kept', async () => {
    await write([['a'], ['b', 'c', 'd']])
    await flipByte(file(), (await stat(file())).size - 10) // the length of d is 9 bytes from the end
    const { texts, stats } = await openAndRead()
    expect(texts).toEqual(['a', 'b', 'c'].slice(0, texts.length))
    expect(texts.length).toBeGreaterThanOrEqual(2)
    expect(stats.droppedBytes).toBeGreaterThan(0)
  })

  it('does not keep the log from going on', async () => {
    await write([['a']])
    await appendFile(file(), 'torn')
    await write([['b']])
    expect((await openAndRead()).texts).toEqual(['a', 'b'])
  })

  it('may be an empty new segment', async () => {
    await write([['a']])
    await writeFile(segmentPath(dir, 1), '')
    expect((await openAndRead()).texts).toEqual(['a'])
    await write([['b']])
    expect((await openAndRead()).texts).toEqual(['a', 'b'])
  })
})

describe('damage to acknowledged records', () => {
  it('in the newest segment refuses to open, naming file and offset, and changes nothing', async () => {
    await write([['first'], ['second'], ['third']])
    const file = segmentPath(dir, 0)
    const groupBytes = 16 + 8 + 5
    await flipByte(file, groupBytes + 16 + 8) // the first letter of "second"
    const before = await readFile(file)
    await expect(openSegmentLog({ dir })).rejects.toMatchObject({
      code: 'corrupt',
      message: `${file} is damaged at offset ${groupBytes + 16} (record 1): record checksum mismatch`,
    })
    expect(await readFile(file)).toEqual(before)
  })

  it.each([
    ['the length of a record', 29 + 16],
    ['the magic of a group', 29],
    ['the position of a group', 29 + 8],
  ])('is recognised too when it hits %s', async (_, offset) => {
    await write([['first'], ['second'], ['third']])
    await flipByte(segmentPath(dir, 0), offset)
    await expect(openSegmentLog({ dir })).rejects.toMatchObject({ code: 'corrupt' })
  })

  it('in an older segment shows when it is read; records before it are still delivered', async () => {
    await write([['first'], ['second'], ['third'], ['fourth']], 70) // two a segment
    const file = segmentPath(dir, 0)
    await flipByte(file, 29 + 16 + 8)
    const log = await openSegmentLog({ dir })
    const { records, next } = await log.read(0)
    expect(records).toHaveLength(1)
    await expect(log.read(next)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`${file} is damaged at offset 45 (record 1)`),
    })
    expect((await log.read(2)).records).not.toHaveLength(0)
    await log.close()
  })

  it('may be the missing end of an older segment', async () => {
    await write([['first'], ['second'], ['third'], ['fourth']], 70)
    await truncate(segmentPath(dir, 0), 29)
    const log = await openSegmentLog({ dir })
    await expect(log.read(1)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('the file ends at record 1, but should reach 2'),
    })
    await log.close()
  })
})

/** What the log is put through: groups of payload sizes to append, a reopen, or a cut of the newest file at a fraction of it. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant('reopen' as const) },
  { weight: 1, arbitrary: fc.record({ cutAt: fc.double({ min: 0, max: 1, noNaN: true }) }) },
)

it('keeps exactly the whole records before a cut, over any appends, reopens and cuts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.integer({ min: 1, max: 3000 }),
      async (steps, segmentBytes) => {
        const folder = await mkdtemp(join(dir, 'run-'))
        /** The model: the records of each segment with the offset at which each ends. */
        const segments: { first: number; bytes: number; records: { text: string; end: number }[] }[] = [
          { first: 0, bytes: 0, records: [] },
        ]
        let serial = 0
        let log = await openSegmentLog({ dir: folder, segmentBytes, recentBytes: 0 })
        for (const action of steps) {
          let newest = segments.at(-1)!
          if (Array.isArray(action)) {
            const texts = action.map((length) => `${serial++}:`.padEnd(length, '*'))
            await log.appendAll(texts.map((text) => Buffer.from(text)))
            const groupBytes = texts.reduce((sum, text) => sum + 8 + text.length, 16)
            if (newest.records.length > 0 && newest.bytes + groupBytes > segmentBytes) {
              newest = { first: newest.first + newest.records.length, bytes: 0, records: [] }
              segments.push(newest)
            }
            let end = newest.bytes + 16
            for (const text of texts) newest.records.push({ text, end: (end += 8 + text.length) })
            newest.bytes = end
            continue
          }
          await log.close()
          if (action !== 'reopen') {
            const path = segmentPath(folder, newest.first)
            const cutAt = Math.floor(action.cutAt * newest.bytes)
            await truncate(path, cutAt)
            newest.records = newest.records.filter(({ end }) => end <= cutAt)
          }
          log = await openSegmentLog({ dir: folder, segmentBytes, recentBytes: 0 })
          newest.bytes = (await stat(segmentPath(folder, newest.first))).size
          expect(newest.bytes).toBeGreaterThanOrEqual(newest.records.at(-1)?.end ?? 0)
        }
        expect(await contents(log)).toEqual(segments.flatMap(({ records }) => records.map(({ text }) => text)))
        await log.close()
        await rm(folder, { recursive: true })
      },
    ),
    { numRuns: 60 },
  )
})
