import { LogError, type PartitionedLog } from '@fettle/bus/partitioned-log'
import { logTrouble } from '@fettle/db/away'
import type { Database } from '@fettle/db/client'
import type { Clock } from '@fettle/platform/clock'
import { compose, type Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { TelemetryStore } from '@fettle/telemetry/store'
import type { Broker, BrokerStats, Receive } from './broker/broker.ts'
import { createCredentials } from './broker/credentials.ts'
import type { BrokerAccounts } from './broker/dynamic-security.ts'
import { createEmbeddedBroker } from './broker/embedded-broker.ts'
import { createExternalBroker } from './broker/external-broker.ts'
import { createCatalogue } from './catalogue.ts'
import { createDeadLetterBox } from './dead-letters.ts'
import { createGatewayPresence } from './gateway-presence.ts'
import { createHousekeeping } from './housekeeping.ts'
import { replayRequested } from './replay.ts'
import { createStoreWriter, type StoreWriterOptions, type StoreWriterStats } from './store-writer.ts'
import { createUplinkNotices, type UplinkNotice } from './uplink-notices.ts'
import { createUplink, type UplinkStats } from './uplink.ts'

/** Where the embedded broker listens (port 0 takes any free one), or the broker of somebody else with our account on it. */
export type MqttPlace = { host: string; port: number } | { url: string; accounts?: BrokerAccounts | undefined }

export interface IngestOptions extends Pick<StoreWriterOptions, 'flushMs' | 'flushReadings'> {
  /** Open; whoever opened it closes it, after ingest stopped. */
  log: PartitionedLog
  store: TelemetryStore
  /** Migrated, with at least 4 connections: one listens all the time. */
  database: Database
  mqtt: MqttPlace
  clock: Clock
  logger: Logger
  /** Told once when the log takes nothing more, as after a full disk: only a restart helps. Devices keep their readings until then. */
  onLogFailed?: (error: LogError) => void
}

export interface IngestStats extends UplinkStats {
  broker: BrokerStats
  writer: StoreWriterStats
}

/** True: it works. */
export interface IngestHealth {
  /** The embedded one listens, or the one of somebody else has our connection. */
  readonly broker: boolean
  /** It takes readings. */
  readonly log: boolean
  /** The store took what was last written, or is being written to for the first time. */
  readonly telemetry: boolean
}

export interface Ingest extends Service {
  /** Where devices reach the broker, once started. */
  readonly mqttUrl: string
  /** Counts since the start, for /metrics. */
  stats(): Promise<IngestStats>
  health(): Promise<IngestHealth>
}

/** From MQTT to the log, and from the log to the store. */
export function createIngest(options: IngestOptions): Ingest {
  const { log, store, database, mqtt, clock, logger, onLogFailed, ...flush } = options
  const { db, pool } = database
  let logFailed = false
  function onAppendFailed(error: unknown): void {
    if (logFailed || !(error instanceof LogError) || error.code !== 'log/failed') return
    logFailed = true
    logger.fatal({ err: error }, 'the log takes nothing more')
    onLogFailed?.(error)
  }
  const stopping = new AbortController()
  const catalogue = createCatalogue({ db, clock, partitions: log.partitions })
  const credentials = createCredentials({ db, clock, logger })
  const presence = createGatewayPresence({ db, clock, logger })
  const { signal } = stopping
  const putAside = createDeadLetterBox({ db, clock })
  const uplink = createUplink({
    log,
    putAside,
    catalogue,
    presence,
    clock,
    logger,
    signal,
    broker: toBroker(),
    onAppendFailed,
  })
  const broker = createBroker(uplink.receive)
  const writer = createStoreWriter({ log, store, db, logger, ...flush })
  const housekeeping = createHousekeeping({ log, store, db, clock, logger, consumers: ['store', 'rules'] })

  function createBroker(receive: Receive): Broker {
    if ('url' in mqtt) return createExternalBroker({ ...mqtt, logger, receive })
    return createEmbeddedBroker({ ...mqtt, logger, receive, verify: credentials.verify })
  }

  /** Broker and uplink know each other; this one is made first. */
  function toBroker(): Pick<Broker, 'publish' | 'hears'> {
    return { publish: (topic, payload) => broker.publish(topic, payload), hears: (topic) => broker.hears(topic) }
  }

  const chores: Record<UplinkNotice, () => Promise<unknown>> = {
    catalogue: () => catalogue.load(),
    async credentials() {
      credentials.forget()
      const revoked = await credentials.withoutCredential(await broker.admitted())
      for (const username of revoked) await broker.expel(username)
    },
    replay: () => replayRequested({ db, log, clock, catalogue }),
  }
  const notices = createUplinkNotices({
    pool,
    logger,
    onNotice(notice) {
      // What fails here is tried again when the notices sweep.
      chores[notice]().catch((error: unknown) =>
        logTrouble(logger, error, 'cannot follow a change', { facts: { notice } }),
      )
    },
  })
  const gate: Service = {
    name: 'uplink',
    start: () => catalogue.load(),
    async stop() {
      stopping.abort(new Error('ingest is stopping'))
    },
  }
  const services = compose([writer, presence, gate, notices, housekeeping, broker], logger, { name: 'ingest' })

  return {
    ...services,
    get mqttUrl() {
      return broker.url
    },
    async stats() {
      return { ...uplink.stats(), broker: broker.stats(), writer: await writer.stats() }
    },
    async health() {
      const readable = await log.bounds(0).then(
        () => true,
        () => false,
      )
      return {
        broker: !('url' in mqtt) || broker.stats().connections > 0,
        log: readable && !logFailed,
        telemetry: !(await writer.stats()).failing,
      }
    },
  }
}
