import type { EvidenceTrend } from '@fettle/contracts/evidence'
import { expect, it } from 'vitest'
import { seriesOf, toldUntil } from './trend-series-of.ts'

const trend: EvidenceTrend = {
  signalId: '01930000-0000-7000-8000-000000000001',
  signalKey: 'run-state',
  name: { zh: '运行状态', en: 'Run state' },
  unit: '',
  decimals: 0,
  limits: { hh: null, h: null, l: null, ll: null },
  times: [1_000, 61_000],
  min: [2, 0],
  mean: [2, 1.5],
  max: [2, 3],
}

it('draws a measured signal by its mean', () => {
  const series = seriesOf(trend, 'Run state')
  expect(series.mean).toEqual([2, 1.5])
  expect(series.words).toBeUndefined()
})

it('draws codes by the gravest of a stretch, told in words', () => {
  const series = seriesOf(trend, 'Run state', (code) => (code === 3 ? 'Tripped' : 'Running'))
  expect(series.mean).toEqual([2, 3])
  expect(series.words?.(3)).toBe('Tripped')
})

it('tells until the newest reading of all that is shown', () => {
  expect(toldUntil([{ times: [1, 5] }, { times: [2, 9] }, { times: [] }])).toBe(9)
  expect(toldUntil([{ times: [] }])).toBeNull()
})
