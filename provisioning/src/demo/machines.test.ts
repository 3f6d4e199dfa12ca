import { describe, expect, it } from 'vitest'
import { assets } from './assets.ts'
import { customers } from './customers.ts'
import { bindings, directAssetKeys, gateways } from './gateways.ts'
import { models } from './models.ts'
import { parts } from './parts.ts'

const modelOf = (modelKey: string) => models.find(({ key }) => key === modelKey)!
const partOf = (partCode: string) => parts.find(({ code }) => code === partCode)!

describe('assets', () => {
  it('are the eighteen connected machines: as many of each model with each customer as agreed', () => {
    expect(new Set(assets.map(({ key }) => key)).size).toBe(18)
    const counted = customers.map(({ key, name }) => {
      const own = assets.filter(({ customerKey }) => customerKey === key).map(({ modelKey }) => modelKey)
      const counts = models.map((model) => [own.filter((modelKey) => modelKey === model.key).length, model.family])
      return [name, ...counts.filter(([count]) => count !== 0).flat()].join(' ')
    })
    expect(counted).toEqual([
      '鼎轴轴承 2 AC 3 VMC',
      '润昌供水 3 P',
      '弘拓汽饰 1 AC 2 IM',
      '澜珂制药 2 CH 1 P',
      '象岳模塑 1 IM 1 VMC',
      '启沛五金 1 AC 1 IM',
    ])
  })

  it('run under their customers’ warranties: 弘拓 to 2027-03-14, 启沛 no more', () => {
    const untilOf = (customerKey: string) =>
      new Set(assets.flatMap((asset) => (asset.customerKey === customerKey ? [asset.warrantyUntil] : [])))
    expect([...untilOf('hongtuo')]).toEqual(['2027-03-14'])
    expect([...untilOf('qipei')].every((day) => day < '2024-01-01')).toBe(true)
  })

  it('have one in maintenance', () => {
    const taken = assets.filter(({ maintenanceHours }) => maintenanceHours !== undefined)
    expect(taken.map(({ key }) => key)).toEqual(['IM280-2006-0003'])
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
    expect(directAssetKeys.map(siteOf)).toEqual(['lanke-suzhou', 'lanke-suzhou'])
  })

  it('speak Modbus to compressors, OPC UA to what makes things, Sparkplug to pumps', () => {
    const driverOf = new Map(bindings.map(({ assetKey, driver }) => [assetKey.split('-')[0], driver]))
    expect(Object.fromEntries(driverOf)).toEqual({
      AC75: 'modbus-tcp',
      IM280: 'opcua',
      VMC850: 'opcua',
      CH1000: 'device-mqtt',
      P100: 'mqtt',
    })
  })

  it('reads each register once', () => {
    for (const { sources } of gateways) {
      for (const source of sources) {
        const words =
          source.kind === 'modbus-tcp' ? source.tags.flatMap(({ address, type }) => spanOf(address, type)) : []
        expect(new Set(words).size).toBe(words.length)
      }
    }
  })

  it('tells addresses as manuals do', () => {
    const told = bindings.filter(({ signalKey }) =>
      ['discharge_pressure', 'run_hours', 'flow', 'load', 'cushion'].includes(signalKey),
    )
    expect(told.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        'unit 1 · 40111 int16 × 0.001',
        'unit 2 · 40103 uint32 CDAB',
        'spBv1.0/Runchang/DDATA/pumphouse/P100-2208-0301 · flow',
        'spBv1.0/Lanke/DDATA/utilities/P100-2305-0412 · flow',
        'fettle/v1/devices/CH1000-2108-0007/telemetry · load',
        'nsu=urn:woheng:machines;s=IM280-2203-0012.cushion',
      ]),
    )
  })
})

function spanOf(address: number, type: string): number[] {
  return type.endsWith('16') ? [address] : [address, address + 1]
}
