import { describe, expect, it } from 'vitest'
import { assets } from './assets.ts'
import { customers } from './customers.ts'
import { bindings, directAssetKeys, gateways } from './gateways.ts'
import { models } from './models.ts'
import { parts } from './parts.ts'

const modelOf = (modelKey: string) => models.find(({ key }) => key === modelKey)!
const partOf = (partCode: string) => parts.find(({ code }) => code === partCode)!

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
