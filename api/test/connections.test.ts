import { setAssetMode } from '@fettle/contracts/assets'
import { expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as, company } = await testApi()

it('more writes at once than the database has connections for are all answered', async () => {
  const admin = await as('admin')
  const body = { mode: 'maintenance', reason: '保养', expectedVersion: 1 } as const
  const calls = Array.from({ length: 24 }, () =>
    admin(setAssetMode, { params: { assetId: company.assetLinqing }, body }),
  )
  const answers = await Promise.allSettled(calls)
  const refused = answers.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(23)
  for (const answer of refused) expect(answer).toMatchObject({ reason: { problem: { code: 'resource/stale' } } })
})
