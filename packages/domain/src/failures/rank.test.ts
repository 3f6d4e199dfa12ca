import type { FailureMode } from '@fettle/contracts/failure-modes'
import { describe, expect, it } from 'vitest'
import { observe } from './observe.ts'
import { rankFailureModes } from './rank.ts'

const text = { zh: '–', en: '–' }
const mode = (key: string, prior: number, signature: FailureMode['signature']): FailureMode => ({
  id: key,
  key,
  modelKey: 'AC75',
  name: text,
  onSignals: text,
  causes: text,
  fix: text,
  signature,
  prior,
  parts: [],
  standardHours: '2.5',
  persons: 1,
})
const up = (signalKey: string, from: number, to: number) => ({
  signalKey,
  direction: 'up' as const,
  perHour: [from, to] as [number, number],
})
const down = (signalKey: string, from: number, to: number) => ({
  ...up(signalKey, from, to),
  direction: 'down' as const,
})

const compressor = [
  mode('AC-01', 0.2, [up('discharge_temperature', 200, 480)]),
  mode('AC-02', 0.2, [up('separator_dp', 0.00001, 0.00003), up('current', 0.001, 0.003)]),
  mode('AC-03', 0.2, [up('discharge_temperature', 0.008, 3)]),
  mode('AC-04', 0.08, [up('airend_vibration', 0.003, 0.02), up('discharge_temperature', 0.004, 0.02)]),
  mode('AC-05', 0.14, [down('discharge_pressure', 0.5, 20), down('current', 200, 20_000)]),
  mode('AC-06', 0.18, [up('inlet_vacuum', 0.003, 0.006)]),
]

/** Five minutes at one point every ten seconds. */
function trend(signalKey: string, valueAt: (minute: number) => number | null) {
  const times = Array.from({ length: 31 }, (_, index) => index * 10_000)
  return observe({ signalKey, times, mean: times.map((at) => valueAt(at / 60_000)) }, { fromMs: 0, toMs: 300_000 })
}
const flat = (signalKey: string, value: number) =>
  trend(signalKey, (minute) => value * (1 + 0.01 * Math.sin(minute * 7)))

describe('likely causes', () => {
  it('a dead fan is told from a dusty cooler by its speed: about 78 % before 14 %', () => {
    const observed = [
      trend('discharge_temperature', (minute) => 84 + 6 * minute),
      flat('separator_dp', 0.03),
      flat('current', 138),
      flat('discharge_pressure', 0.72),
      flat('airend_vibration', 5),
      flat('inlet_vacuum', 2),
    ]
    const ranked = rankFailureModes(compressor, observed, {
      failureModeKey: 'AC-01',
      signalKey: 'discharge_temperature',
    })
    const shares = ranked.map(({ key, share }) => [key, Math.round(share * 100)])
    expect(shares.slice(0, 2)).toEqual([
      ['AC-01', expect.closeTo(78, -1)],
      ['AC-03', expect.closeTo(14, -1)],
    ])
  })

  it('the same limit crossed by slow warming points to the cooler, whatever the rule names', () => {
    const warming = trend('discharge_temperature', (minute) => 100 + minute / 60)
    const ranked = rankFailureModes(compressor, [warming], {
      failureModeKey: 'AC-01',
      signalKey: 'discharge_temperature',
    })
    expect(ranked[0]?.key).toBe('AC-03')
  })

  it('shares never exceed the whole, and without readings only experience counts', () => {
    const ranked = rankFailureModes(compressor, [], { failureModeKey: null, signalKey: null })
    expect(ranked.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1)
    expect(ranked).toHaveLength(compressor.length)
  })
})

describe('the slope of a trend', () => {
  it('is not moved by a few wild values or by gaps', () => {
    const { perHour } = trend('x', (minute) => (minute === 1 ? 900 : minute === 2 ? null : 10 + minute))
    expect(perHour).toBeCloseTo(60, 6)
  })

  it('is not told from too few values', () => {
    expect(observe({ signalKey: 'x', times: [0, 1], mean: [1, 2] }, { fromMs: 0, toMs: 10 }).perHour).toBeNull()
  })
})
