import type { ChillerBuild } from '../models/chiller-laws.ts'
import type { InjectionMouldingBuild } from '../models/injection-moulding-laws.ts'
import type { MachiningCentreBuild } from '../models/machining-centre-laws.ts'
import type { Command } from '../models/model.ts'
import type { PumpBuild } from '../models/pump-laws.ts'
import type { ScrewCompressorBuild } from '../models/screw-compressor-laws.ts'
import type { Climate } from '../physics/ambient.ts'

/** How a group of machines reaches the outside. */
export type SiteLink =
  /** One TCP to RS-485 gateway; each machine is a unit behind it. */
  | { kind: 'modbus-tcp' }
  /** One line server for the machines, with a user for Basic256Sha256; without security anyone may read. */
  | { kind: 'opcua'; username: string; password: string }
  /** The plant's own broker, to which an edge node publishes for its devices and from which a gateway reads. */
  | { kind: 'sparkplug'; username: string; password: string; group: string; edgeNode: string }
  /** No gateway: each machine publishes to Fettle over the mobile network, with credentials of its own. */
  | { kind: 'platform-mqtt'; everyMs: number }

export type LinkKind = SiteLink['kind']
/** The kinds whose other side connects to us, so that they need a port. */
export type ServerKind = Exclude<LinkKind, 'platform-mqtt'>

interface MachineBase {
  /** Serial number and key on every wire; never changes. */
  deviceKey: string
  /** What the machine does when the simulation begins. */
  initially: Command
  /** The simulation opens in the middle of an outage of this machine's link. */
  outage?: Outage
}

export interface Outage {
  /** How long before the simulation's start it began. The machine has lived, and kept its readings, ever since. */
  sinceMs: number
  /** How long after the start the link returns by itself. */
  endsAfterMs: number
}

export type MachineSpec =
  | (MachineBase & { model: 'AC75'; unitId: number; build: ScrewCompressorBuild })
  | (MachineBase & { model: 'P100'; build: PumpBuild })
  | (MachineBase & { model: 'IM280'; build: InjectionMouldingBuild })
  | (MachineBase & { model: 'VMC850'; build: MachiningCentreBuild })
  | (MachineBase & { model: 'CH1000'; build: ChillerBuild })

export type Model = MachineSpec['model']

/** Machines that share a link. */
export interface MachineGroup {
  link: SiteLink
  machines: readonly MachineSpec[]
}

export interface SiteSpec {
  key: string
  /** Customer and place, for people. */
  name: string
  climate: Climate
  groups: readonly MachineGroup[]
}

export function machinesAt(site: SiteSpec): readonly MachineSpec[] {
  return site.groups.flatMap(({ machines }) => machines)
}

/** For a start that has no past to catch up with: every link is up from the beginning. */
export function withoutOutages(sites: readonly SiteSpec[]): SiteSpec[] {
  return sites.map((site) => ({
    ...site,
    groups: site.groups.map((group) => ({
      ...group,
      machines: group.machines.map(({ outage: _, ...machine }) => machine),
    })),
  }))
}
