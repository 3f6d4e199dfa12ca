import { describe, expect, it } from 'vitest'
import { assets } from './assets.ts'
import { customers } from './customers.ts'
import { certificateKeys } from './engineers.ts'
import { failureModes } from './failure-modes.ts'
import { bindings, directAssetKeys, gateways } from './gateways.ts'
import { models } from './models.ts'
import { parts } from './parts.ts'
import { rules } from './rules.ts'

const modelOf = (modelKey: string) => models.find(({ key }) => key === modelKey)!
const partOf = (partCode: string) => parts.find(({ code }) => code === partCode)!
const limitNames = ['ll', 'l', 'h', 'hh'] as const

describe('models', () => {
  it.each(models.flatMap((model) => model.signals.map((signal) => [model.key, signal.key, signal] as const)))(
    '%s %s has its limits in order, around its normal range',
    (_, __, { limits, normal, decimals, name }) => {
      const { ll, l, h, hh } = limits
      const ordered = [ll, l, normal?.[0] ?? null, normal?.[1] ?? null, h, hh].filter((value) => value !== null)
      expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
      expect(Number.isInteger(decimals)).toBe(true)
      expect(name.zh).toMatch(/\p{Script=Han}/u)
      expect(name.en).toMatch(/^[A-Z]/)
    },
  )

  it('has the signals of its controller and a few of them up front', () => {
    for (const { signals, runStateSignal } of models) {
      const keys = signals.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys).toContain(runStateSignal)
      const headline = signals.flatMap((signal) => (signal.headline === null ? [] : [signal.headline]))
      expect(headline.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
    }
  })
})

describe('failure modes', () => {
  it('are those of the catalogue', () => {
    expect(failureModes.map(({ key }) => key).join(' ')).toBe(
      'AC-01 AC-02 AC-03 AC-04 AC-05 AC-06 P-01 P-02 P-03 P-04 P-05 P-06',
    )
  })

  it.each(failureModes.map((mode) => [mode.key, mode] as const))(
    '%s shows on signals and uses parts that exist',
    (_, mode) => {
      const model = modelOf(mode.modelKey)
      for (const { signalKey, perHour } of mode.signature) {
        expect(model.signals.map(({ key }) => key)).toContain(signalKey)
        expect(perHour[0]).toBeLessThan(perHour[1])
      }
      for (const { partCode, quantity } of mode.parts) {
        expect(partOf(partCode).modelFamily).toBe(model.family)
        expect(quantity).toMatch(/^\d+(\.\d{1,4})?$/)
      }
      expect(mode.certificates.every((key) => certificateKeys.includes(key))).toBe(true)
      expect(mode.skillLevel).toBeGreaterThanOrEqual(1)
      expect(mode.skillLevel).toBeLessThanOrEqual(5)
      expect(mode.standardHours).toMatch(/^\d+(\.\d{1,2})?$/)
    },
  )

  it.each(models.map(({ key }) => key))('of %s are all of its failures', (modelKey) => {
    const priors = failureModes.filter((mode) => mode.modelKey === modelKey).map(({ prior }) => prior)
    expect(priors.reduce((sum, prior) => sum + prior, 0)).toBeCloseTo(1, 9)
  })
})

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

  it('wait 10 s for pressure, 15 s for temperature, 60 s for vibration and 5 min otherwise', () => {
    const delays = Object.fromEntries(rules.map(({ key, definition }) => [key, definition.onDelayMs / 1_000]))
    expect(delays).toMatchObject({
      'AC75.discharge-temperature': 15,
      'AC75.discharge-pressure.low': 10,
      'AC75.airend-vibration': 60,
      'AC75.inlet-vacuum': 300,
      'P100.inlet-pressure': 10,
      'P100.bearing-temperature': 15,
      'P100.vibration': 60,
      'P100.flow': 300,
    })
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

describe('assets', () => {
  it('are the eight connected machines, each with a number of its own', () => {
    expect(assets).toHaveLength(8)
    expect(new Set(assets.map(({ key }) => key)).size).toBe(8)
  })

  it.each(assets.map((asset) => [asset.key, asset] as const))('%s belongs somewhere and has its parts', (_, asset) => {
    const model = modelOf(asset.modelKey)
    const site = customers.find(({ key }) => key === asset.customerKey)?.sites.find(({ key }) => key === asset.siteKey)
    expect(site).toBeDefined()
    expect(asset.key.startsWith(`${asset.modelKey}-`)).toBe(true)
    expect(asset.installedOn < asset.warrantyUntil).toBe(true)
    for (const { partCode, serial, batch } of asset.installedParts) {
      expect(partOf(partCode)).toMatchObject({ modelFamily: model.family, serialised: true })
      expect(serial).toContain(`-${batch}-`)
    }
  })

  it('has a fan motor of the defective batch in 0117', () => {
    const motor = assets[0]?.installedParts.find(({ partCode }) => partCode === 'A5')
    expect([assets[0]?.key, motor?.batch]).toEqual(['AC75-2403-0117', '2403'])
  })
})

describe('gateways', () => {
  it('feed every signal of every machine exactly once', () => {
    const fed = bindings.map(({ assetKey, signalKey }) => `${assetKey} ${signalKey}`)
    const wanted = assets.flatMap(({ key, modelKey }) =>
      modelOf(modelKey).signals.map((signal) => `${key} ${signal.key}`),
    )
    expect(fed.toSorted()).toEqual(wanted.toSorted())
  })

  it('stand where their machines are', () => {
    const siteOf = (assetKey: string) => assets.find(({ key }) => key === assetKey)?.siteKey
    for (const gateway of gateways) {
      const own = bindings.filter(({ gatewayKey }) => gatewayKey === gateway.key)
      expect(own.length).toBeGreaterThan(0)
      expect(own.every(({ assetKey }) => siteOf(assetKey) === gateway.siteKey)).toBe(true)
    }
    expect(directAssetKeys.map(siteOf)).toEqual(['lanke-suzhou'])
  })

  it('reads each register once', () => {
    for (const { sources } of gateways) {
      for (const source of sources) {
        const words = source.kind === 'mqtt' ? [] : source.tags.flatMap(({ address, type }) => spanOf(address, type))
        expect(new Set(words).size).toBe(words.length)
      }
    }
  })

  it('tells addresses as manuals do', () => {
    const told = bindings.filter(({ signalKey }) => ['discharge_pressure', 'run_hours', 'flow'].includes(signalKey))
    expect(told.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        'unit 1 · 40111 int16 × 0.001',
        'unit 2 · 40103 uint32 CDAB',
        'plant/pumps/P100-2208-0301/telemetry · flow',
        'fettle/v1/devices/P100-2305-0412/telemetry · flow',
      ]),
    )
  })
})

function spanOf(address: number, type: string): number[] {
  return type.endsWith('16') ? [address] : [address, address + 1]
}
