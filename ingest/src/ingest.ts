import { LogError, type PartitionedLog } from '@fettle/bus/partitioned-log'
import type { Database } from '@fettle/db/client'
import type { Clock } from '@fettle/platform/clock'
import { compose, type Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { createBroker, type Broker, type BrokerStats } from './broker/broker.ts'
import { createCredentials } from './broker/credentials.ts'
import { createCatalogue } from './catalogue.ts'
import { createDeadLetterBox } from './dead-letters.ts'
import { createGatewayPresence } from './gateway-presence.ts'
import { createHousekeeping } from './housekeeping.ts'
import { replayRequested } from './replay.ts'
import { createStoreWriter, type StoreWriterOptions, type StoreWriterStats } from './store-writer.ts'
import { createUplinkNotices, type UplinkNotice } from './uplink-notices.ts'
import { createUplink, type UplinkStats } from './uplink.ts'

export interface IngestOptions extends Pick<StoreWriterOptions, 'flushMs' | 'flushReadings'> {
  /** Open; whoever opened it closes it, after ingest stopped. */
  log: PartitionedLog
  store: TelemetryStore
  /** Migrated, with at least 4 connections: one listens all the time. */
  database: Database
  /** Where the embedded broker listens; port 0 takes any free one. */
  mqtt: { host: string; port: number }
  clock: Clock
  logger: Logger
  /** Told once when the log takes nothing more, as after a full disk: only a restart helps. Devices keep their readings until then. */
  onLogFailed?: (error: LogError) => void
}

export interface IngestStats extends UplinkStats {
  broker: BrokerStats
  writer: StoreWriterStats
}

export interface Ingest extends Service {
  /** Where the broker listens, once started. */
  readonly mqttPort: number
  /** Counts since the start, for /metrics. */
  stats(): Promise<IngestStats>
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
  const publish: Broker['publish'] = (topic, payload) => broker.publish(topic, payload)
  const { signal } = stopping
  const putAside = createDeadLetterBox({ db, clock })
  const uplink = createUplink({ log, putAside, catalogue, presence, clock, logger, signal, publish, onAppendFailed })
  const broker = createBroker({ ...mqtt, logger, verify: credentials.verify, receive: uplink.receive })
  const writer = createStoreWriter({ log, store, db, logger, ...flush })
  const housekeeping = createHousekeeping({ log, store, db, clock, logger, consumers: ['store', 'rules'] })

  const chores: Record<UplinkNotice, () => Promise<unknown>> = {
    catalogue: () => catalogue.load(),
    async credentials() {
      credentials.forget()
      const revoked = await credentials.withoutCredential(broker.connectedUsernames())
      for (const username of revoked) broker.disconnect(username)
    },
    replay: () => replayRequested({ db, log, clock, catalogue }),
  }
  const notices = createUplinkNotices({
    pool,
    logger,
    onNotice(notice) {
      // What fails here is tried again when the notices sweep.
      chores[notice]().catch((error: unknown) => logger.warn({ err: error, notice }, 'cannot follow a change'))
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
    get mqttPort() {
      return broker.port
    },
    async stats() {
      return { ...uplink.stats(), broker: broker.stats(), writer: await writer.stats() }
    },
  }
}
