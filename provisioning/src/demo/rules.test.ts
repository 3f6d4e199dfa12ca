import { describe, expect, it } from 'vitest'
import { failureModes } from './failure-modes.ts'
import { models } from './models.ts'
import { rules } from './rules.ts'

const modelOf = (modelKey: string) => models.find(({ key }) => key === modelKey)!
const limitNames = ['ll', 'l', 'h', 'hh'] as const

describe('rules', () => {
  it('have a key of their own within a model', () => {
    expect(new Set(rules.map(({ key }) => key)).size).toBe(rules.length)
  })

  it.each(rules.map((rule) => [rule.key, rule] as const))('%s watches and suspects what exists', (_, rule) => {
    const model = modelOf(rule.modelKey)
    expect(model.signals.map(({ key }) => key)).toContain(rule.definition.signalKey)
    expect(failureModes.find(({ key }) => key === rule.failureModeKey)?.modelKey).toBe(rule.modelKey)
    expect(limitNames.some((name) => rule.definition.limits[name] !== null)).toBe(true)
    expect(rule.definition.band).toBeGreaterThan(0)
  })

  it('watch every limit of every signal exactly once', () => {
    for (const { key: modelKey, signals } of models) {
      for (const { key: signalKey, limits } of signals) {
        const own = rules.filter((rule) => rule.modelKey === modelKey && rule.definition.signalKey === signalKey)
        for (const name of limitNames) {
          const watched = own.map(({ definition }) => definition.limits[name]).filter((limit) => limit !== null)
          expect(watched, `${modelKey} ${signalKey} ${name}`).toEqual(limits[name] === null ? [] : [limits[name]])
        }
      }
    }
  })

  it('wait 10 s for pressure, 15 s for temperature, 30 s for a cut, 60 s for vibration, 30 min for an approach, 5 min otherwise', () => {
    const delays = Object.fromEntries(rules.map(({ key, definition }) => [key, definition.onDelayMs / 1_000]))
    expect(delays).toMatchObject({
      'AC75.discharge-temperature': 15,
      'AC75.discharge-pressure.low': 10,
      'AC75.airend-vibration': 60,
      'AC75.inlet-vacuum': 300,
      'IM280.injection-pressure-peak': 10,
      'IM280.zone3-temperature.low': 15,
      'IM280.cushion': 300,
      'VMC850.spindle-load': 30,
      'VMC850.lubrication-pulse': 10,
      'VMC850.spindle-vibration': 60,
      'VMC850.x-backlash': 300,
      'CH1000.condensing-pressure': 10,
      'CH1000.leaving-water-temperature': 15,
      'CH1000.chilled-water-flow': 300,
      'CH1000.evaporator-approach': 1_800,
      'CH1000.condenser-approach': 1_800,
      'P100.inlet-pressure': 10,
      'P100.bearing-temperature': 15,
      'P100.vibration': 60,
      'P100.flow': 300,
    })
  })

  it('judge a spindle at its finishing speed and an approach under load, by signals that the machines have', () => {
    const conditioned = rules.filter(({ definition }) => definition.condition !== undefined)
    expect(Object.fromEntries(conditioned.map(({ key, definition }) => [key, definition.condition]))).toEqual({
      'VMC850.spindle-vibration': { signalKey: 'spindle_speed', atLeast: 5_900, atMost: 6_100 },
      'CH1000.evaporator-approach': { signalKey: 'load', atLeast: 60 },
      'CH1000.condenser-approach': { signalKey: 'load', atLeast: 60 },
    })
    for (const { modelKey, definition } of conditioned) {
      const { signals } = modelOf(modelKey)
      expect(signals.map(({ key }) => key)).toContain(definition.condition?.signalKey)
    }
  })

  it('leave a band that does not swallow the space between two limits', () => {
    const swallowing = rules.filter(({ definition: { limits, band } }) => {
      const high = (limits.hh ?? Infinity) - (limits.h ?? -Infinity)
      const low = (limits.l ?? Infinity) - (limits.ll ?? -Infinity)
      return band >= Math.min(high, low)
    })
    expect(swallowing).toEqual([])
  })
})
