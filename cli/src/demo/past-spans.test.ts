import { fleet } from '@fettle/devices-sim/fleet'
import { machinesAt } from '@fettle/devices-sim/fleet/spec'
import { describe, expect, it } from 'vitest'
import { pastMs, pastSpans } from './past-spans.ts'

const startMs = Date.UTC(2026, 10, 22, 2)
const minuteMs = 60_000
const machines = fleet.flatMap(machinesAt)
const spansOf = (deviceKey: string) =>
  pastSpans(
    machines.find((machine) => machine.deviceKey === deviceKey)!,
    startMs,
  )

describe('the past', () => {
  it.each(machines.map((spec) => [spec.deviceKey, spec] as const))('of %s has no gap, newest part first', (_, spec) => {
    const spans = pastSpans(spec, startMs)
    for (const [index, { fromMs, toMs }] of spans.entries()) {
      expect(fromMs).toBeLessThan(toMs)
      if (index > 0) expect(toMs).toBe(spans[index - 1]?.fromMs)
    }
    expect(spans[0]!.toMs - spans.at(-1)!.fromMs).toBe(pastMs)
  })

  it('ends where the link of a machine went down', () => {
    expect(startMs - spansOf('CH1000-2108-0009')[0]!.toMs).toBe(47 * minuteMs)
    expect(startMs - spansOf('CH1000-2108-0007')[0]!.toMs).toBe(0)
  })

  it('warms the room of the compressor whose fan is about to die', () => {
    const rooms = spansOf('AC75-2403-0117').map(({ ambientC }) => ambientC)
    const known = rooms.filter((ambientC) => ambientC !== undefined)
    expect(known[0]).toBe(36)
    expect(known).toEqual(known.toSorted((a, b) => b - a))
    expect(rooms.at(-1)).toBeUndefined()
  })
})
