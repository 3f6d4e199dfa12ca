import { expect, it } from 'vitest'
import { shownAlarm } from './shown-alarm.ts'

const high = { level: 'high', value: 100.4, limit: 100 } as const
const tripped = { peakLevel: 'high-high', peakValue: 112.3, peakLimit: 105 } as const
const clearedAt = '2026-11-22T03:12:00.000Z'

it('tells what raised the present level, and the peak, which has the same limit', () => {
  const same = { peakLevel: 'high', peakValue: 103.1, peakLimit: 100 } as const
  expect(shownAlarm({ ...high, ...same, clearedAt: null })).toEqual({ ...high, peak: { value: 103.1, limit: null } })
})

it('tells the limit of the peak beside it when the alarm has fallen to a lower level', () => {
  expect(shownAlarm({ ...high, ...tripped, clearedAt: null })).toEqual({ ...high, peak: { value: 112.3, limit: 105 } })
})

it('tells once it is over only the worst, against the limit of the worst, whatever it fell to', () => {
  const worst = { level: 'high-high', value: 112.3, limit: 105, peak: null }
  expect(shownAlarm({ ...high, ...tripped, clearedAt })).toEqual(worst)
})
