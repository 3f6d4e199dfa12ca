import type { WireReading } from '@fettle/contracts/uplink'
import type { Clock } from '@fettle/platform/clock'
import type { Static, TObject } from 'typebox'

/** `[deviceKey, signalKey, tsMs, value, quality]`: exactly what goes over the wire, so nothing is converted on the way. */
export type Reading = WireReading

/**
 * Where a driver puts its readings. Resolves when they are durable in the spool; awaiting it is the back-pressure, so a
 * driver holds what it has not handed over yet. Rejects when the driver is cancelled or the spool failed.
 */
export type Sink = (readings: Reading[]) => Promise<void>

/**
 * One connection to equipment. `run` connects, reads and delivers until `signal` aborts, and then returns. It throws on
 * trouble and may be called again afterwards: the supervisor restarts it with a back-off. So a driver neither retries
 * nor logs. What must outlive a restart, such as "these signals were already declared bad", lives in the driver's closure.
 */
export interface Driver {
  run(sink: Sink, signal: AbortSignal): Promise<void>
}

/** Trouble with a part of a source (a unit, a tag, a topic) while the rest of it works on. */
export interface Problem {
  /** What it is about, e.g. `unit 3` or `AC75-2403-0117/discharge-temperature`; one problem per subject stands at a time. */
  subject: string
  message: string
  /** The beginning of the data at fault, where there is some. */
  sample?: string
}

/** What a driver is given; everything it says about itself goes through here into the status of its source. */
export interface DriverContext {
  /** Keys of the gateway and name of the source, for client ids. */
  gateway: string
  source: string
  /** The gateway's own folder, for what has to outlive the process; it exists. A driver uses a folder of its name in it. */
  dataDir: string
  clock: Clock
  /** The source answers. Call it in each run as soon as that is proven; again does no harm. */
  up(): void
  /** Counts an error and shows the problem in the status until `solved`. */
  report(problem: Problem): void
  solved(subject: string): void
}

/** A fault in the configuration, e.g. `{ path: 'units/0/tags/3/address', message: 'ends beyond register 65535' }`. */
export interface Complaint {
  path: string
  message: string
}

/** One kind of source as the registry knows it. */
export interface DriverKind {
  /** The value of `kind` in the configuration of a source. */
  kind: string
  /** What a source of this kind has besides `name` and `kind`; defaults are filled in before it is checked. */
  schema: TObject
  /** What the schema cannot say. Only called with a config that satisfies the schema, as is `create`. */
  check(config: unknown): Complaint[]
  /** Does nothing but compile the config: connecting is for `run`. */
  create(config: unknown, context: DriverContext): Driver
}

interface TypedDriverKind<S extends TObject> {
  kind: string
  schema: S
  check(config: Static<S>): Complaint[]
  create(config: Static<S>, context: DriverContext): Driver
}

/** Lets a driver be written against its own config type; the registry's loader has checked the schema by then. */
export function defineDriver<S extends TObject>(driver: TypedDriverKind<S>): DriverKind {
  return {
    kind: driver.kind,
    schema: driver.schema,
    check: (config) => driver.check(config as Static<S>),
    create: (config, context) => driver.create(config as Static<S>, context),
  }
}
