import type { SiteEndpoint } from '@fettle/devices-sim/site-outlet'
import { checkGatewayConfig, type GatewayConfig } from '@fettle/gateway/config'
import { opcuaNodeId, signalKeysOf, type DemoGateway, type DemoSource } from '@fettle/provisioning/demo/gateways'

export interface GatewayPlace {
  gateway: DemoGateway
  /** Where the site's equipment listens: one for each of its links. */
  endpoints: readonly SiteEndpoint[]
  platform: { url: string; password: string }
}

const spoolBytes = 256 * 1024 * 1024

/** What a person would write into the gateway's YAML file for this site. */
export function demoGatewayConfig({ gateway, endpoints, platform }: GatewayPlace): GatewayConfig {
  const config = {
    gateway: gateway.key,
    platform,
    spool: { maxBytes: spoolBytes },
    sources: gateway.sources.map((source) => sourceConfig(source, gateway, endpoints)),
  }
  return checkGatewayConfig(config, { env: {}, folder: '.' }, `the gateway ${gateway.key} of the demonstration`)
}

function sourceConfig(source: DemoSource, { siteKey }: DemoGateway, endpoints: readonly SiteEndpoint[]) {
  const { name } = source
  for (const endpoint of endpoints) {
    if (source.kind === 'modbus-tcp' && endpoint.kind === source.kind) return modbusConfig(source, endpoint)
    if (source.kind === 'opcua' && endpoint.kind === source.kind) return opcuaConfig(source, endpoint)
    if (source.kind === 'sparkplug' && endpoint.kind === source.kind) return sparkplugConfig(source, endpoint)
  }
  const spoken = endpoints.map(({ kind }) => kind).join(', ') || 'nothing'
  throw new Error(`the source ${name} is ${source.kind}, but the site ${siteKey} speaks ${spoken}`)
}

type Source<Kind extends DemoSource['kind']> = Extract<DemoSource, { kind: Kind }>
type Endpoint<Kind extends SiteEndpoint['kind']> = Extract<SiteEndpoint, { kind: Kind }>

function modbusConfig({ name, kind, units, tags }: Source<'modbus-tcp'>, { host, port }: Endpoint<'modbus-tcp'>) {
  return {
    name,
    kind,
    endpoint: { host, port },
    pollMs: 1_000,
    units: units.map(({ unitId, assetKey }) => ({ unitId, device: assetKey, tags })),
  }
}

/** Signed, encrypted and with the one certificate trusted that this server has: as it should be in a plant. */
function opcuaConfig({ name, kind, assetKeys }: Source<'opcua'>, endpoint: Endpoint<'opcua'>) {
  const { url, username, password, certificateFile } = endpoint
  return {
    name,
    kind,
    endpoint: url,
    security: 'basic256sha256',
    username,
    password,
    serverCertificate: certificateFile,
    devices: assetKeys.map((assetKey) => ({
      device: assetKey,
      tags: signalKeysOf(assetKey).map((signal) => ({ signal, nodeId: opcuaNodeId(assetKey, signal) })),
    })),
  }
}

/** The topics of one edge node, whose births are asked for at once; those of a whole group come when they come. */
function sparkplugConfig({ name, group, edgeNode }: Source<'sparkplug'>, endpoint: Endpoint<'sparkplug'>) {
  const { host, port, username, password } = endpoint
  const subscription = { topic: `spBv1.0/${group}/+/${edgeNode}/#`, qos: 0, payload: 'sparkplug' }
  return { name, kind: 'mqtt', url: `mqtt://${host}:${port}`, username, password, subscriptions: [subscription] }
}
