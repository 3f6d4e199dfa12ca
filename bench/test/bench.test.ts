import { expect, it } from 'vitest'
import { benchIngest } from '../src/ingest.ts'
import { percentile } from '../src/machine.ts'
import { benchQuery } from '../src/query.ts'
import { benchStore } from '../src/store.ts'

it('ingest brings every point to the store and to a second consumer, and says where the time went', async () => {
  const report = await benchIngest({ devices: 3, signalsPerDevice: 5, readingsPerMessage: 10, messagesPerDevice: 40 })
  expect(report).toMatchObject({ name: 'ingest', figures: { devices: 3, signals: 15, readingsPerMessage: 10 } })
  const { points, pointsPerSecond, cpuMicrosPerPoint, peakRssMiB } = report.figures
  expect(points).toBeGreaterThan(0)
  for (const figure of [pointsPerSecond, cpuMicrosPerPoint, peakRssMiB]) expect(figure).toBeGreaterThan(0)
  const percents = Object.values(report.where ?? {})
  expect(percents.reduce((sum, percent) => sum + percent, 0)).toBeCloseTo(100, 0)
}, 60_000)

it('query measures thirty days, a week and an hour', async () => {
  const { figures, machine } = await benchQuery({ signals: 2, everyMs: 600_000, queries: 5 })
  expect(figures).toMatchObject({ points: 2 * 30 * 144, buckets: 500 })
  for (const key of ['p50Ms', 'p95Ms', 'p99Ms', 'weekP50Ms', 'hourP50Ms', 'bytesPerPoint']) {
    expect(figures[key]).toBeGreaterThan(0)
  }
  expect(machine.node).toBe(process.version)
}, 60_000)

it('store measures PostgreSQL, and nothing else unless it is told where', async () => {
  const { figures } = await benchStore({ devices: 2, signalsPerDevice: 5, readingsPerWrite: 400, writes: 3 })
  expect(figures).toMatchObject({ points: 1_200, signals: 10 })
  expect(figures['postgresPointsPerSecond']).toBeGreaterThan(0)
  expect(figures).not.toHaveProperty('influxPointsPerSecond')
}, 60_000)

it.each([
  [0.5, 2],
  [0.95, 4],
  [0.25, 1],
])('the percentile %d of 1 to 4 is %d', (share, expected) => {
  expect(percentile([3, 1, 4, 2], share)).toBe(expected)
})
