import { listAssets } from '@fettle/contracts/assets'
import { assets, signals } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { heldSince } from '../src/assets/held-since.ts'
import { lookAtStates } from '../src/assets/state-watch.ts'
import { testApi } from './test-api.ts'

const { as, company, deps } = await testApi()
const { db } = deps.database

it('machines that nobody connected are listed, left out, or listed alone', async () => {
  const [like] = await db.select().from(assets).where(eq(assets.id, company.assetLinqing))
  if (!like) throw new Error('no asset')
  const silent = { ...like, id: uuidv7(), key: 'AC75-1602-0291', serial: 'AC75-1602-0291' }
  await db.insert(assets).values(silent)
  const call = await as('manager')
  const keys = async (connected?: boolean) => {
    const querystring = connected === undefined ? {} : { connected }
    return (await call(listAssets, { querystring })).items.map(({ key }) => key)
  }
  const all = await keys()
  expect(all).toContain(silent.key)
  expect(await keys(false)).toEqual([silent.key])
  expect(await keys(true)).toEqual(all.filter((key) => key !== silent.key))
})

it('states that were looked at are known without their history', async () => {
  const [signal] = await db.select().from(signals).where(eq(signals.id, company.runState))
  const nowMs = Date.now()
  const entry = {
    assetId: company.assetLinqing,
    customerId: company.dingzhou,
    siteId: company.siteLinqing,
    modelId: company.model,
    receivedAtMs: nowMs,
    source: { kind: 'device', key: 'AC75-2403-0117' } as const,
    series: Int32Array.of(signal?.series ?? -1, signal?.series ?? -1),
    timesMs: Float64Array.of(nowMs - 60_000, nowMs),
    values: Float64Array.of(0, 2),
    qualities: Uint8Array.of(0, 0),
  }
  await deps.telemetry.write([{ position: 0, entry }])
  let asked = 0
  const { latest, history } = deps.telemetry
  const telemetry = { latest, history: (...query: Parameters<typeof history>) => ((asked += 1), history(...query)) }
  await lookAtStates(db, telemetry, new AbortController().signal)
  const askedBefore = asked
  expect(askedBefore).toBeGreaterThan(0)
  const [value] = await latest([company.runState])
  if (!value) throw new Error('no value')
  expect(await heldSince(telemetry, { ...value, at: value.at + 30_000 })).toBe(nowMs)
  expect(asked).toBe(askedBefore)
})
