import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultKinds } from './faults.ts'
import { fleet } from './fleet.ts'
import { machinesAt } from './fleet/spec.ts'
import { demoSchedule, seededSchedule, type FaultEvent } from './schedule.ts'

const dayMs = 24 * 3_600_000
const specs = new Map(fleet.flatMap(machinesAt).map((spec) => [spec.deviceKey, spec]))
const scheduleOf = (seed: number, days = 14) => seededSchedule({ sites: fleet, seed, horizonMs: days * dayMs })

describe('the seeded schedule', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scheduleOf(1)).toEqual(scheduleOf(1))
    expect(scheduleOf(1)).not.toEqual(scheduleOf(2))
  })

  it('is ordered, leaves the first half hour quiet, and gives each machine one fault of its model at a time', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { events } = scheduleOf(seed)
        const open = new Map<string, FaultEvent>()
        let last = 30 * 60_000
        for (const event of events) {
          expect(event.atMs).toBeGreaterThanOrEqual(last)
          last = event.atMs
          const before = open.get(event.deviceKey)
          if (event.inject) {
            expect(before).toBeUndefined()
            expect(faultKinds[event.inject.mode].models).toContain(specs.get(event.deviceKey)!.model)
            open.set(event.deviceKey, event)
          } else {
            expect(event.clear).toBe(before?.inject?.mode)
            open.delete(event.deviceKey)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('gives a visitor something to see on an ordinary day, without setting the fleet on fire', () => {
    const perDay = scheduleOf(3, 60).events.filter((event) => event.inject).length / 60
    expect(perDay).toBeGreaterThan(2)
    expect(perDay).toBeLessThan(16)
  })
})

it('the demonstration opens with the dead fan at second 15 in a room of 36 °C, and waits for its repair', () => {
  const { events, startAmbientC } = demoSchedule({ sites: fleet, seed: 1, horizonMs: dayMs })
  expect(events[0]).toEqual({ atMs: 15_000, deviceKey: 'AC75-2403-0117', inject: { mode: 'AC-01' } })
  expect(events.filter(({ deviceKey }) => deviceKey === 'AC75-2403-0117')).toHaveLength(1)
  expect(startAmbientC).toEqual({ 'AC75-2403-0117': 36 })
})
