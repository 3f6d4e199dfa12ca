import type { SiteEndpoint } from '@fettle/devices-sim/site-outlet'
import { checkGatewayConfig, type GatewayConfig } from '@fettle/gateway/config'
import type { DemoGateway, DemoSource } from '@fettle/provisioning/demo/gateways'

export interface GatewayPlace {
  gateway: DemoGateway
  /** Where the site's equipment listens. */
  endpoint: SiteEndpoint
  platform: { url: string; password: string }
}

const spoolBytes = 256 * 1024 * 1024

/** What a person would write into the gateway's YAML file for this site. */
export function demoGatewayConfig({ gateway, endpoint, platform }: GatewayPlace): GatewayConfig {
  const config = {
    gateway: gateway.key,
    platform,
    spool: { maxBytes: spoolBytes },
    sources: gateway.sources.map((source) => sourceConfig(source, endpoint)),
  }
  return checkGatewayConfig(config, { env: {}, folder: '.' }, `the gateway ${gateway.key} of the demonstration`)
}

function sourceConfig(source: DemoSource, endpoint: SiteEndpoint) {
  const { name, kind } = source
  if (kind === 'modbus-tcp' && endpoint.kind === 'modbus-tcp') {
    const { host, port } = endpoint
    const units = source.units.map(({ unitId, assetKey }) => ({ unitId, device: assetKey, tags: source.tags }))
    return { name, kind, endpoint: { host, port }, pollMs: 1_000, units }
  }
  if (kind === 'mqtt' && endpoint.kind === 'plant-mqtt') {
    const { host, port, username, password } = endpoint
    const subscription = { topic: source.topic, qos: 0, payload: 'flat', time: { at: 'ts', unit: 'ms' } }
    return { name, kind, url: `mqtt://${host}:${port}`, username, password, subscriptions: [subscription] }
  }
  throw new Error(`the source ${name} is ${kind}, but the site ${endpoint.site} speaks ${endpoint.kind}`)
}
