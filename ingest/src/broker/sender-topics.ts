import type { Identity } from './topics.ts'

/** What the platform subscribes to on a broker of somebody else. */
export const uplinkFilters = [
  'fettle/v1/devices/+/telemetry',
  'fettle/v1/gateways/+/batch',
  'fettle/v1/gateways/+/status',
] as const

/** Who may have published to a topic of `uplinkFilters`: the broker's access list has seen to it that it was them. */
export function senderOf(topic: string): Identity | undefined {
  const match = /^fettle\/v1\/(device|gateway)s\/([^/]+)\/[a-z]+$/.exec(topic)
  const [, kind, key] = match ?? []
  if (key === undefined) return undefined
  return { kind: kind === 'device' ? 'device' : 'gateway', key }
}
