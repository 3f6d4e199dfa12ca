import { gatewayStatusTopic } from '@fettle/contracts/gateway-status'
import { batchTopic, gatewayAckTopic, GatewayAck, type UplinkRejection } from '@fettle/contracts/uplink'
import type { Clock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { Backoff } from '@fettle/platform/retry'
import { Value } from 'typebox/value'
import { createWatchdog } from './ack-watchdog.ts'
import { openMqttSession, type MqttSession } from './mqtt-session.ts'
import type { Spool, SpooledBatch } from './spool.ts'
import { supervise, type LinkStatus } from './supervisor.ts'

export interface PlatformLink {
  url: string
  /** The gateway's key unless given. */
  username?: string
  password?: string
  /** PEM of the authority that signed the broker's certificate. */
  ca?: string
  timeoutMs: number
  /** How long the platform may be silent while batches are under way. */
  ackTimeoutMs: number
  /** How many batches may be under way. */
  window: number
}

export interface UploadStatus extends LinkStatus {
  /** Batches sent since the start, repetitions included. */
  sent: number
  acknowledgedSeq?: number
  /** Readings that the platform refused since the start, by reason. */
  rejected: Partial<Record<UplinkRejection, number>>
}

export interface UploaderOptions {
  gateway: string
  platform: PlatformLink
  spool: Spool
  logger: Logger
  clock: Clock
  pauses?: Backoff
  /** Told whenever there is a connection again, for then a status is welcome. */
  onConnected?: () => void
}

export interface Uploader extends Service {
  status(): UploadStatus
  /** Sends the gateway's own status, if there is a connection. */
  publishStatus(status: unknown): void
}

const readBytes = 4 * 1024 * 1024
const closingBrace = Buffer.from('}')

/**
 * Brings the spool to the platform: batches in order, `window` of them under way, until an acknowledgement on the ack
 * topic says that they are stored. PUBACK does not: behind an external broker it only means that the broker has them.
 * Every new connection, and so every silence of the platform, begins again at the first batch that is not acknowledged.
 */
export function createUploader(options: UploaderOptions): Uploader {
  const { gateway, platform, spool, logger, clock, pauses, onConnected = () => {} } = options
  const { window, ackTimeoutMs, ...broker } = platform
  let sent = 0
  const rejected: UploadStatus['rejected'] = {}
  const complained = new Set<string>()
  let current: MqttSession | undefined

  async function run(signal: AbortSignal, up: () => void): Promise<void> {
    const watchdog = createWatchdog(ackTimeoutMs)
    const stopSending = new AbortController()
    const roomMade = createBell()
    // One after the other: a later acknowledgement would trim what an earlier one is still to be told of.
    let taken = Promise.resolve()
    const onMessage = (_: string, payload: Buffer) => (taken = taken.then(() => takeAndGoOn(payload)))
    async function takeAndGoOn(payload: Buffer): Promise<void> {
      if (!(await takeAck(payload))) return
      up()
      watchdog.feed(spool.firstUnacknowledged < nextToSend)
      roomMade.ring()
    }
    let nextToSend = spool.firstUnacknowledged
    const session = await openMqttSession(
      { username: gateway, ...broker, clientId: `fettle-gateway-${gateway}`, clean: true, onMessage },
      signal,
    )

    async function send(): Promise<never> {
      for (;;) {
        nextToSend = Math.max(nextToSend, spool.firstUnacknowledged)
        const room = window - (nextToSend - spool.firstUnacknowledged)
        if (room <= 0) {
          await roomMade.heard()
          continue
        }
        const batches = await spool.read(nextToSend, { maxRecords: room, maxBytes: readBytes })
        if (batches.length === 0) {
          // Nothing is owed: this is as good as an acknowledgement.
          if (nextToSend === spool.firstUnacknowledged) up()
          await spool.changed(nextToSend, stopSending.signal)
          continue
        }
        for (const batch of batches) publish(session, batch)
        nextToSend += batches.length
        sent += batches.length
        watchdog.arm()
      }
    }

    try {
      await session.subscribe([{ filter: gatewayAckTopic(gateway), qos: 1 }])
      current = session
      onConnected()
      await Promise.race([session.ended, watchdog.expired, send()])
    } finally {
      current = undefined
      watchdog.stop()
      stopSending.abort()
      session.close()
    }
  }

  /** The message of DESIGN §5; the readings are JSON already. */
  function publish({ client }: MqttSession, { seq, readings }: SpooledBatch): void {
    const head = JSON.stringify({ gatewayId: gateway, bootId: spool.bootId, seq })
    const message = Buffer.concat([Buffer.from(`${head.slice(0, -1)},"readings":`), readings, closingBrace])
    client.publish(batchTopic(gateway), message, { qos: 1 }, () => {}) // a failure also ends the session
  }

  /** True when it brought us forward. */
  async function takeAck(payload: Buffer): Promise<boolean> {
    const ack = parseAck(payload)
    if (!ack) {
      const sample = payload.toString('utf8', 0, 200)
      if (isNew('unreadable')) logger.warn({ sample }, 'the platform sent an acknowledgement that cannot be read')
      return false
    }
    if (ack.bootId !== spool.bootId) return false // about a spool that is no more
    if (ack.seq >= spool.nextSeq) {
      if (isNew('beyond')) logger.warn({ seq: ack.seq }, 'the platform acknowledges a batch that does not exist yet')
      return false
    }
    const isRepeated = ack.seq < spool.firstUnacknowledged
    for (const { code, index } of isRepeated ? [] : ack.rejected) {
      rejected[code] = (rejected[code] ?? 0) + 1
      if (isNew(code))
        logger.warn({ code }, `the platform refuses readings: ${code}, first ${await describe(ack.seq, index)}`)
    }
    spool.acknowledge(ack.seq)
    return true
  }

  /** One line for each kind of trouble; the status counts the rest. */
  function isNew(kind: string): boolean {
    if (complained.has(kind)) return false
    complained.add(kind)
    return true
  }

  async function describe(seq: number, index: number): Promise<string> {
    if (index < 0) return `the whole batch ${seq}`
    const [batch] = await spool.read(seq, { maxRecords: 1 }).catch(() => [])
    const reading = batch && (JSON.parse(batch.readings.toString()) as unknown[])[index]
    return reading === undefined ? `reading ${index} of batch ${seq}` : JSON.stringify(reading)
  }

  const link = supervise({ name: 'platform', run, logger, clock, ...(pauses && { pauses }) })
  return {
    ...link,
    status: () => ({
      ...link.status(),
      sent,
      ...(spool.firstUnacknowledged > 0 && { acknowledgedSeq: spool.firstUnacknowledged - 1 }),
      rejected: { ...rejected },
    }),
    publishStatus(status) {
      current?.client.publish(gatewayStatusTopic(gateway), JSON.stringify(status), { qos: 0 })
    },
  }
}

function parseAck(payload: Buffer): GatewayAck | undefined {
  try {
    const ack: unknown = JSON.parse(payload.toString())
    return Value.Check(GatewayAck, ack) ? ack : undefined
  } catch {
    return undefined
  }
}

/** Wakes one who waits; a ring that nobody waits for is forgotten. */
function createBell() {
  let wake = () => {}
  return {
    heard: () => new Promise<void>((resolve) => (wake = resolve)),
    ring: () => wake(),
  }
}
