import { setImmediate as breathe } from 'node:timers/promises'
import type { MachineSpec, SiteSpec } from '@fettle/devices-sim/fleet/spec'
import { createMachine } from '@fettle/devices-sim/machine'
import type { ReadingColumns } from '@fettle/telemetry/log-entry'
import type { PastSpan } from './past-spans.ts'

export interface PastLife {
  readonly site: SiteSpec
  readonly spec: MachineSpec
  readonly span: PastSpan
  /** Signal key → its number in the store; others are not kept. */
  readonly seriesOf: ReadonlyMap<string, number>
  readonly signal: AbortSignal
}

/** Longer at a stretch would keep whoever asks for a page waiting. */
const stepsInOneGo = 500

/** Lives through one part of a machine's past with the simulation's physics; undefined when it was told to stop on the way. */
export async function livePast({ site, spec, span, seriesOf, signal }: PastLife): Promise<ReadingColumns | undefined> {
  const { fromMs, toMs, stepMs, everyMs, ambientC } = span
  const startAmbient = ambientC === undefined ? {} : { startAmbientC: ambientC }
  const machine = createMachine({ site, spec, seed: fromMs % 1_000_003, at: fromMs, ...startAmbient })
  const kept = machine.signals.flatMap(({ key }) => {
    const series = seriesOf.get(key)
    return series === undefined ? [] : [[key, series] as const]
  })
  const [series, times, values]: [number[], number[], number[]] = [[], [], []]
  let steps = 0
  for (let at = fromMs + stepMs; at < toMs; at += stepMs) {
    machine.step(at, stepMs)
    if (++steps % stepsInOneGo === 0) {
      await breathe()
      if (signal.aborted) return undefined
    }
    if ((at - fromMs) % everyMs !== 0) continue
    const shown = machine.values()
    for (const [key, number] of kept) {
      series.push(number)
      times.push(at)
      values.push(shown[key] ?? Number.NaN)
    }
  }
  return {
    series: Int32Array.from(series),
    timesMs: Float64Array.from(times),
    values: Float64Array.from(values),
    qualities: new Uint8Array(series.length),
  }
}
