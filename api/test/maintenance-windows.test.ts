import { getAsset } from '@fettle/contracts/assets'
import { cancelMaintenance, listMaintenanceWindows, planMaintenance } from '@fettle/contracts/maintenance-windows'
import { expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { as, company } = await testApi()
const params = { assetId: company.assetLinqing }
const hour = 3_600_000
const instant = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString()

it('a machine is in maintenance while a planned window holds, and no longer when it is taken back', async () => {
  const manager = await as('manager')
  const body = { from: instant(-hour), to: instant(hour), reason: '换油' }
  const planned = await manager(planMaintenance, { params, body })
  expect(planned).toMatchObject({ ...body, cancelledAt: null })
  expect(await manager(getAsset, { params })).toMatchObject({
    mode: 'normal',
    state: 'maintenance',
    stateSince: body.from,
  })

  const again = { params: { windowId: planned.id } }
  const cancelled = await manager(cancelMaintenance, again)
  expect(await manager(cancelMaintenance, again)).toEqual(cancelled)
  expect((await manager(getAsset, { params })).state).not.toBe('maintenance')
})

it('windows of the past and of the future change nothing now, and stand in the list', async () => {
  const manager = await as('manager')
  for (const [from, to] of [
    [-3 * hour, -hour],
    [hour, 2 * hour],
  ] as const) {
    await manager(planMaintenance, { params, body: { from: instant(from), to: instant(to), reason: '大修' } })
  }
  expect((await manager(getAsset, { params })).state).not.toBe('maintenance')
  const { items } = await manager(listMaintenanceWindows, { params, querystring: {} })
  expect(items.map(({ from }) => from)).toEqual(
    items
      .map(({ from }) => from)
      .toSorted()
      .toReversed(),
  )
  expect(items.filter(({ reason }) => reason === '大修')).toHaveLength(2)
})

it.each([
  ['ends before it begins', hour, 0],
  ['is longer than a year', 0, 400 * 24 * hour],
])('a window that %s is refused', async (_, from, to) => {
  const body = { from: instant(from), to: instant(to), reason: '—' }
  await expect((await as('manager'))(planMaintenance, { params, body })).rejects.toMatchObject({
    problem: { code: 'maintenance/invalid-window' },
  })
})

it('nobody plans for machines of others, and a customer does not plan at all', async () => {
  const body = { from: instant(0), to: instant(hour), reason: '—' }
  await expect((await as('branch'))(planMaintenance, { params, body })).rejects.toMatchObject({ status: 404 })
  await expect((await as('customer'))(planMaintenance, { params, body })).rejects.toMatchObject({ status: 403 })
})
