import { listAssets } from '@fettle/contracts/assets'
import { assets } from '@fettle/db/schema/assets'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
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
