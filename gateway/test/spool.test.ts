import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@fettle/platform/clock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import type { Reading } from '../src/driver.ts'
import { openSpool, type Spool } from '../src/spool.ts'
import { captureLog } from './log-lines.ts'

let dir: string
let log: ReturnType<typeof captureLog>
const open: Spool[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fettle-spool-'))
  log = captureLog()
})
afterEach(async () => {
  for (const spool of open.splice(0)) await spool.close().catch(() => {})
  await rm(dir, { recursive: true, force: true })
})

const folder = () => join(dir, 'spool')
async function openHere(maxBytes = 64 * 1024 * 1024): Promise<Spool> {
  const spool = await openSpool({ dir: folder(), maxBytes, logger: log.logger, clock: systemClock })
  open.push(spool)
  return spool
}
const reading = (value: Reading[3]): Reading => ['D', 's', 1_760_000_000_000, value, 0]

async function valuesFrom(spool: Spool, seq: number): Promise<unknown[]> {
  const values: unknown[] = []
  for (let next = seq; next < spool.nextSeq;) {
    const batches = await spool.read(next)
    for (const batch of batches)
      values.push(...(JSON.parse(batch.readings.toString()) as Reading[]).map(([, , , value]) => value))
    next += batches.length
  }
  return values
}

describe('the spool', () => {
  it('gathers what arrives together and keeps the order', async () => {
    const spool = await openHere()
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => spool.append([reading(n)])))
    expect(await valuesFrom(spool, 0)).toEqual(Array.from({ length: 1_000 }, (_, n) => n))
    expect(spool.nextSeq).toBeLessThan(20)
    expect(await spool.status()).toMatchObject({ batches: spool.nextSeq, full: false, oldestMs: expect.any(Number) })
  })

  it('goes on after a restart with the same identity, where it was acknowledged', async () => {
    const first = await openHere()
    for (const n of [0, 1, 2, 3]) await first.append([reading(n)])
    first.acknowledge(1)
    await first.close()
    const second = await openHere()
    expect(second.bootId).toBe(first.bootId)
    expect(second.firstUnacknowledged).toBe(2)
    await second.append([reading(4)])
    expect(await valuesFrom(second, second.firstUnacknowledged)).toEqual([2, 3, 4])
  })

  it('is somebody new when it was deleted', async () => {
    const first = await openHere()
    await first.append([reading(0)])
    await first.close()
    await rm(folder(), { recursive: true })
    const second = await openHere()
    expect(second.bootId).not.toBe(first.bootId)
    expect([second.firstUnacknowledged, second.nextSeq]).toEqual([0, 0])
  })

  it('is somebody new when its log has lost what was acknowledged, lest new batches pass for old ones', async () => {
    const first = await openHere()
    for (const n of [0, 1, 2]) await first.append([reading(n)])
    first.acknowledge(2)
    await first.close()
    for (const name of await readdir(folder())) if (!name.endsWith('.json')) await rm(join(folder(), name))
    const second = await openHere()
    expect(second.bootId).not.toBe(first.bootId)
    expect([second.firstUnacknowledged, second.nextSeq]).toEqual([0, 0])
  })

  it('sends again what a lost progress file knew, and no less', async () => {
    const first = await openHere()
    for (const n of [0, 1, 2]) await first.append([reading(n)])
    first.acknowledge(1)
    await first.close()
    await writeFile(join(folder(), 'acknowledged.json'), '')
    const second = await openHere()
    expect(second.bootId).toBe(first.bootId)
    expect(await valuesFrom(second, second.firstUnacknowledged)).toEqual([0, 1, 2])
  })

  it('sets a damaged spool aside and begins anew', async () => {
    const first = await openHere()
    for (const n of [0, 1, 2]) await first.append([reading('x'.repeat(1_000) + n)])
    await first.close()
    const [segment] = (await readdir(folder())).filter((name) => !name.endsWith('.json'))
    await writeFile(join(folder(), segment!), Buffer.alloc(100, 0xff), { flag: 'r+' })
    const second = await openHere()
    expect(second.bootId).not.toBe(first.bootId)
    expect(log.messages()).toEqual([expect.stringMatching(/damaged.*set aside/)])
    const aside = (await readdir(dir)).find((name) => name.startsWith('spool-damaged-'))
    expect(await readdir(join(dir, aside!))).toContain(segment)
  })

  it('holds its writers back when it is full, drops nothing, and frees disk as it is acknowledged', async () => {
    const maxBytes = 1024 * 1024
    const spool = await openHere(maxBytes)
    const text = 'x'.repeat(1_000)
    let taken = 0
    let writing = true
    const writer = (async () => {
      for (let n = 0; n < 60; n++) {
        await spool.append(Array.from({ length: 50 }, () => reading(text)))
        taken += 1
      }
      writing = false
    })()
    await eventually(async () => expect((await spool.status()).full).toBe(true))
    const takenWhenFull = taken
    expect(takenWhenFull).toBeLessThan(60)
    expect(spool.nextSeq).toBe(takenWhenFull)
    expect((await spool.status()).bytes).toBeLessThan(maxBytes * 1.2)

    let delivered = 0
    await eventually(async () => {
      if (delivered < spool.nextSeq) delivered += (await spool.read(delivered, { maxRecords: 10 })).length
      if (delivered > 0) spool.acknowledge(delivered - 1)
      expect((await spool.status()).bytes).toBeLessThan(maxBytes * 1.2)
      expect(writing).toBe(false)
    })
    await writer
    expect(spool.nextSeq).toBe(60)
    expect(await valuesFrom(spool, delivered)).toHaveLength((60 - delivered) * 50)
    expect(log.messages().filter((line) => line.startsWith('the spool is full')).length).toBe(
      log.messages().filter((line) => line === 'the spool has room again').length,
    )
  })

  it('refuses who still waits when it is closed', async () => {
    const spool = await openHere(1024 * 1024)
    const fill = (async () => {
      for (;;) await spool.append([reading('x'.repeat(200_000))])
    })()
    const outcome = fill.catch((error: Error) => error.message)
    await eventually(async () => expect((await spool.status()).full).toBe(true))
    await spool.close()
    expect(await outcome).toBe('the spool was closed')
  })
})
