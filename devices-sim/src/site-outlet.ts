import type { SimulatedMachine } from './machine.ts'

/** Where a group of machines can be reached, for whoever configures a gateway. */
export type SiteEndpoint = { site: string } & (
  | { kind: 'modbus-tcp'; host: string; port: number; units: Readonly<Record<string, number>> }
  | {
      kind: 'opcua'
      /** Such as opc.tcp://127.0.0.1:4840. */
      url: string
      username: string
      password: string
      /** PEM file of the server's certificate, to be trusted by whoever connects with Basic256Sha256. */
      certificateFile: string
      /** Device key → signal key → node id with its namespace's URI. */
      nodeIds: Readonly<Record<string, Readonly<Record<string, string>>>>
    }
  | {
      kind: 'sparkplug'
      host: string
      port: number
      username: string
      password: string
      group: string
      edgeNode: string
      devices: readonly string[]
    }
  /** Device key → topic. */
  | { kind: 'platform-mqtt'; url: string; topics: Readonly<Record<string, string>> }
)

/** One group's way to the outside: a server that is asked, or publishers that speak by themselves. */
export interface SiteOutlet {
  /** Resolves to where the group can be reached, once it can; `at` is the machines' time. */
  start(at: number): Promise<SiteEndpoint>
  stop(): Promise<void>
  /** A second has passed. */
  tick(at: number): void
  /** Something about this machine was changed by hand and must show at once. */
  changed(machine: SimulatedMachine, at: number): void
}
