import { existsSync } from 'node:fs'
import { openRecording } from '@fettle/devices-sim/replay/recording'
import type { Sample } from '@fettle/devices-sim/replay/sample'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInstance, type Instance } from './instance.ts'
import type { Window } from './replay/expected-episodes.ts'
import { furnishHall, type Hall } from './replay/recorded-machines.ts'
import type { LowLimit } from './replay/threshold.ts'
import { watchReplay, type Outcome } from './replay/watched-replay.ts'

/**
 * The machine temperature recording of the Numenta Anomaly Benchmark (NAB, data/realKnownCause): 79 days of an internal component
 * of a large industrial machine, with a planned shutdown on 2013-12-16, a fault that is hard to see from 2014-01-27 12:10 on, and
 * the failure that it led to, from 2014-02-07 08:10 on. Limits and window are justified in docs/adr/0020-replay.md.
 */
const file = process.env['FETTLE_RECORDING']
const isThere = file !== undefined && existsSync(file)
const missing =
  file === undefined
    ? 'skipped: set FETTLE_RECORDING to the path of machine_temperature_system_failure.csv of NAB'
    : `skipped: FETTLE_RECORDING names ${file}, which is not there`
if (!isThere) console.log(missing)

const hour = 3_600_000
const limit: LowLimit = { l: 70, ll: 50, band: 3, onDelayMs: 4 * hour, offDelayMs: 8 * hour }
const shutdown: Window = { fromMs: Date.UTC(2013, 11, 16), toMs: Date.UTC(2013, 11, 17) }

/** What the platform must say: event times in UTC. The first three are no fault that the documentation knows. */
const falseTickets = ['2013-12-05 19:25 high alarm', '2013-12-08 23:15 high alarm', '2014-01-05 16:25 high alarm']
const subtleFault = '2014-01-27 16:10 high alarm'
const beforeFailure = '2014-02-03 04:45 high alarm'
const failure = '2014-02-07 12:20 urgent alarm'
const unplannedShutdown = '2013-12-16 03:30 urgent alarm'

const overs = ['modbus', 'opcua'] as const
const runs = overs.flatMap((over) => [1, 2].map((run) => ({ over, run, key: `${over}-${run}` })))
const twin = 'unplanned'
const timeout = 1_200_000

describe.skipIf(!isThere)('79 days of a machine that fails', { timeout }, () => {
  let instance: Instance
  let hall: Hall
  let samples: Sample[]
  const outcomes = new Map<string, Outcome>()

  beforeAll(async () => {
    instance = await startInstance({ demo: false, web: false })
    const machines = { ...Object.fromEntries(runs.map(({ key }) => [key, [shutdown]])), [twin]: [] }
    hall = await furnishHall(instance, { machines, limit })
    samples = []
    const recording = await openRecording({ file: file ?? '', zone: 'UTC' })
    for await (const sample of recording.samples()) samples.push(sample)
  })
  afterAll(() => instance?.stop())

  it.each(runs)('over $over, run $run', async ({ over, run, key }) => {
    const sinceMs = performance.now()
    const withTwin = over === 'modbus' && run === 1 ? { twin: { key: twin, windows: [] } } : {}
    const machine = { key, windows: [shutdown] }
    const [outcome, unplanned] = await watchReplay({ hall, over, machine, samples, limit, ...withTwin })
    if (!outcome) throw new Error('nothing was said about the machine')
    outcomes.set(key, outcome)
    const seconds = (performance.now() - sinceMs) / 1_000
    console.log(
      [
        `${key}: ${samples.length} rows in ${seconds.toFixed(0)} s, ${Math.round(samples.length / seconds)} rows/s with the desk's rounds`,
        ...outcome.alarms.map((line) => `  alarm  ${line}`),
        ...outcome.tickets.map((line) => `  ticket ${line}`),
      ].join('\n'),
    )
    expect(outcome.tickets).toEqual([...falseTickets, subtleFault, beforeFailure, failure])
    if (unplanned) expect(unplanned.tickets).toEqual([...outcome.tickets, unplannedShutdown].sort())
  })

  it('says the same every time, over both', () => {
    expect(outcomes.size).toBe(runs.length)
    const [first, ...others] = [...outcomes.values()]
    for (const other of others) expect(other).toEqual(first)
  })
})
