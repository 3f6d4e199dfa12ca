import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSegmentLog } from './segment-log.ts'
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'segment-log-'))
})
afterEach(() => rm(dir, { recursive: true }))
it('smoke', async () => {
  let log = await openSegmentLog({ dir, segmentBytes: 1000 })
  const p = await Promise.all(Array.from({ length: 100 }, (_, i) => log.append(Buffer.from('x'.repeat(i)))))
  expect(p).toEqual([...p.keys()])
  for (let i = 0; i < 50; i++) await log.append(Buffer.alloc(100))
  await log.close()
  log = await openSegmentLog({ dir, segmentBytes: 1000 })
  console.log(log.stats())
  const seen: number[] = []
  for (let from = 0; from < log.nextPosition;) {
    const b = await log.read(from)
    seen.push(...b.records.map((r) => r.position))
    from = b.next
  }
  expect(seen).toEqual([...seen.keys()])
  expect(seen.length).toBe(150)
  await log.close()
})
it('speed', async () => {
  const log = await openSegmentLog({ dir })
  const b = Buffer.alloc(4096, 7)
  const t = performance.now()
  const n = 40000
  let i = 0
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (i++ < n) await log.append(b)
    }),
  )
  console.log((n / (performance.now() - t)) * 1000, log.stats())
  await log.close()
})
