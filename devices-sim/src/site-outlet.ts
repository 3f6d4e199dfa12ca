import type { SimulatedMachine } from './machine.ts'

/** Where a site can be reached, for whoever configures a gateway. */
export type SiteEndpoint =
  | { kind: 'modbus-tcp'; site: string; host: string; port: number; units: Readonly<Record<string, number>> }
  | {
      kind: 'plant-mqtt'
      site: string
      host: string
      port: number
      username: string
      password: string
      /** Device key → topic. */
      topics: Readonly<Record<string, string>>
    }
  | { kind: 'platform-mqtt'; site: string; url: string; topics: Readonly<Record<string, string>> }

/** One site's way to the outside: servers that are polled, or publishers that speak by themselves. */
export interface SiteOutlet {
  /** Resolves to where the site can be reached, once it can. */
  start(): Promise<SiteEndpoint>
  stop(): Promise<void>
  /** A second has passed. */
  tick(at: number): void
  /** Something about this machine was changed by hand and must show at once. */
  changed(machine: SimulatedMachine, at: number): void
}
