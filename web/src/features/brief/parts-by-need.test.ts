import type { Brief } from '@fettle/contracts/brief'
import { expect, it } from 'vitest'
import { partsByNeed } from './parts-by-need.ts'

const part = (partCode: string) => ({
  partCode,
  partName: { zh: partCode, en: partCode },
  unit: 'piece',
  quantity: '1',
  onVan: '0',
  elsewhere: [],
})
function failure(share: number, ...codes: string[]): Brief['likelyFailures'][number] {
  const parts = codes.map((partCode) => ({ partCode, quantity: '1', optional: false }))
  const name = { zh: 'x', en: 'x' }
  return { failureModeId: 'x', key: 'x', name, share, reasons: [], parts, standardHours: '1', persons: 1 }
}

it('puts the part of the likeliest failure first and folds what is hardly needed', () => {
  const { likely, unlikely } = partsByNeed({
    parts: ['A1', 'A2', 'A5', 'A7'].map(part),
    likelyFailures: [failure(0.77, 'A5'), failure(0.05, 'A7'), failure(0.02, 'A2', 'A5'), failure(0.01, 'A1')],
  })
  expect(likely.map(({ partCode }) => partCode)).toEqual(['A5', 'A7'])
  expect(unlikely.map(({ partCode }) => partCode)).toEqual(['A2', 'A1'])
})
