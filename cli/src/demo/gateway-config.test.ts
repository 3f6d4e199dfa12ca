import { fleet } from '@fettle/devices-sim/fleet'
import type { MachineGroup } from '@fettle/devices-sim/fleet/spec'
import { nodeIdOf } from '@fettle/devices-sim/opcua/node-names'
import type { SiteEndpoint } from '@fettle/devices-sim/site-outlet'
import { directAssetKeys, gateways, opcuaNodeId, type DemoSource } from '@fettle/provisioning/demo/gateways'
import { models } from '@fettle/provisioning/demo/models'
import { describe, expect, it } from 'vitest'
import { demoGatewayConfig } from './gateway-config.ts'

const platform = { url: 'mqtt://127.0.0.1:1883', password: 'secret' }
const place = { host: '127.0.0.1', port: 4_000 }

/** Where a simulated group would listen. */
function endpointOf(site: string, { link }: MachineGroup): SiteEndpoint {
  switch (link.kind) {
    case 'modbus-tcp':
      return { site, kind: link.kind, ...place, units: {} }
    case 'opcua': {
      const { username, password } = link
      const url = 'opc.tcp://127.0.0.1:4840'
      return { site, kind: link.kind, url, username, password, certificateFile: '/server.pem', nodeIds: {} }
    }
    case 'sparkplug': {
      const { username, password, group, edgeNode } = link
      return { site, kind: link.kind, ...place, username, password, group, edgeNode, devices: [] }
    }
    case 'platform-mqtt':
      return { site, kind: link.kind, url: platform.url, topics: {} }
    default:
      return link satisfies never
  }
}

const endpointsAt = (siteKey: string) =>
  fleet.filter(({ key }) => key === siteKey).flatMap(({ key, groups }) => groups.map((group) => endpointOf(key, group)))
const machinesOf = (source: DemoSource) =>
  source.kind === 'modbus-tcp' ? source.units.map(({ assetKey }) => assetKey) : source.assetKeys

describe('the gateways of the demonstration', () => {
  it.each(gateways.map((gateway) => [gateway.key, gateway] as const))('%s reads what its site speaks', (_, gateway) => {
    const endpoints = endpointsAt(gateway.siteKey)
    const config = demoGatewayConfig({ gateway, endpoints, platform })
    expect(config.sources.map(({ name }) => name)).toEqual(gateway.sources.map(({ name }) => name))
    expect(() => demoGatewayConfig({ gateway, endpoints: [], platform })).toThrow(/speaks nothing$/)
  })

  it('have a wire to every simulated machine, of the kind that it has there', () => {
    const wired = [
      ...gateways.flatMap(({ siteKey, sources }) =>
        sources.flatMap((source) => machinesOf(source).map((key) => `${siteKey} ${source.kind} ${key}`)),
      ),
      ...directAssetKeys.map((key) => `lanke-suzhou platform-mqtt ${key}`),
    ]
    const simulated = fleet.flatMap(({ key: siteKey, groups }) =>
      groups.flatMap(({ link, machines }) => machines.map(({ deviceKey }) => `${siteKey} ${link.kind} ${deviceKey}`)),
    )
    expect(wired.toSorted()).toEqual(simulated.toSorted())
  })

  it('name units, groups, edge nodes and nodes as the machines do', () => {
    for (const { siteKey, sources } of gateways) {
      for (const { link, machines } of fleet.find(({ key }) => key === siteKey)?.groups ?? []) {
        const source = sources.find(({ kind }) => kind === link.kind)
        if (source?.kind === 'sparkplug') expect(link).toMatchObject({ group: source.group, edgeNode: source.edgeNode })
        if (source?.kind !== 'modbus-tcp') continue
        const units = machines.map((machine) => machine.model === 'AC75' && [machine.unitId, machine.deviceKey])
        expect(source.units.map(({ unitId, assetKey }) => [unitId, assetKey])).toEqual(units)
      }
    }
    expect(opcuaNodeId('VMC850-2107-0031', 'z_load')).toBe(nodeIdOf('VMC850-2107-0031', 'z_load'))
  })

  it('trust one certificate and sign in, where the machines speak OPC UA', () => {
    const gateway = gateways.find(({ key }) => key === 'GW-NB-01')!
    const [source] = demoGatewayConfig({ gateway, endpoints: endpointsAt(gateway.siteKey), platform }).sources
    expect(source?.config).toMatchObject({
      security: 'basic256sha256',
      username: 'fettle',
      serverCertificate: '/server.pem',
    })
    const signals = ['IM280', 'VMC850'].map((modelKey) => models.find(({ key }) => key === modelKey)!.signals.length)
    expect(JSON.stringify(source?.config).match(/"nodeId"/g)).toHaveLength(signals.reduce((sum, count) => sum + count))
  })
})
