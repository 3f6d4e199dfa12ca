import { listAlarms } from '@fettle/contracts/alarms'
import { createClient, type Call } from '@fettle/contracts/client'
import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { signIn } from '@fettle/contracts/session'
import { listTickets, transitionTicket, type TicketSummary } from '@fettle/contracts/tickets'
import { type Db, openDatabase } from '@fettle/db/client'
import { assets, failureModes } from '@fettle/db/schema/assets'
import { rules, ruleVersions } from '@fettle/db/schema/rules'
import { releaseSignal, stepSignal } from '@fettle/devices-sim/control-client'
import { uuidv7 } from '@fettle/platform/ids'
import { createLogger } from '@fettle/platform/logging'
import { delay } from '@fettle/platform/retry'
import { machine, percentile, rounded, type BenchReport } from './machine.ts'

/** A demonstration that runs, to be measured through its outside alone. */
export interface LatencyTarget {
  url: string
  simUrl: string
  databaseUrl: string
  username: string
  password: string
}

export interface LatencyBenchOptions {
  runs?: number
}

/** A compressor behind a gateway that polls once a second; its room is watched by nobody else. */
const deviceKey = 'AC75-2309-0064'
const signalKey = 'ambient_temperature'
const limit = 60
const crossing = 65
const failureModeKey = 'AC-03'

const lookEveryMs = 5
const patienceMs = 30_000
/** The gateway's poll: crossings are spread evenly over it, or all of them would meet it at the same moment. */
const pollMs = 1_000

/**
 * From a value over its limit at a simulated machine to the ticket in the API, through every part on the way: Modbus, gateway
 * with its poll and spool, MQTT, log, rules without on-delay, job, ticket, HTTP.
 */
export async function benchLatency(target: LatencyTarget, options: LatencyBenchOptions = {}): Promise<BenchReport> {
  const { runs = 20 } = options
  const call = await signedIn(target)
  const assetId = await watchWithoutDelay(target.databaseUrl)
  const samples: number[] = []
  // The first one also waits until the new rule is in force.
  for (let run = 0; run <= runs; run++) {
    await delay((run / runs) * pollMs)
    const ms = await crossOnce(target, call, assetId)
    if (run > 0) samples.push(ms)
  }
  const figures = {
    p50Ms: percentile(samples, 0.5),
    p95Ms: percentile(samples, 0.95),
    minMs: rounded(Math.min(...samples)),
    maxMs: rounded(Math.max(...samples)),
    runs: samples.length,
    pollMs,
  }
  return { name: 'latency', figures, machine: machine() }
}

async function signedIn({ url, username, password }: LatencyTarget): Promise<Call> {
  const { token } = await createClient({ origin: url })(signIn, { body: { username, password } })
  return createClient({ origin: url, token: () => token })
}

/** Milliseconds from the crossing to the ticket; leaves the machine and the ticket pool as they were. */
async function crossOnce({ simUrl }: LatencyTarget, call: Call, assetId: string): Promise<number> {
  const known = new Set((await alarmTickets(call, assetId)).map(({ id }) => id))
  const sinceMs = performance.now()
  await stepSignal(simUrl, deviceKey, signalKey, crossing)
  const isNew = (ticket: TicketSummary) => !known.has(ticket.id) && ticket.failureModeKey === failureModeKey
  const ticket = await until('the ticket', async () => (await alarmTickets(call, assetId)).find(isNew))
  const tookMs = performance.now() - sinceMs
  await releaseSignal(simUrl, deviceKey, signalKey)
  const { id: ticketId, version } = ticket
  const body = { action: 'cancel', reason: '测量', expectedVersion: version } as const
  await call(transitionTicket, { params: { ticketId }, body })
  await until('the alarm to clear', async () => {
    const { items } = await call(listAlarms, { querystring: { assetId, active: true } })
    return items.every((alarm) => alarm.ticketId !== ticketId) || undefined
  })
  return tookMs
}

async function alarmTickets(call: Call, assetId: string): Promise<TicketSummary[]> {
  const { items } = await call(listTickets, { querystring: { source: 'alarm', assetId, limit: 50 } })
  return items
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms in vain for ${what}`)
    await delay(lookEveryMs)
  }
}

const definition: ThresholdDefinition = {
  kind: 'threshold',
  signalKey,
  limits: { hh: null, h: limit, l: null, ll: null },
  band: 0,
  onDelayMs: 0,
  offDelayMs: 0,
  latenessMs: 30_000,
  whileRunning: false,
  startupMs: 0,
}

/** A rule of this machine alone; returns the machine's id. */
async function watchWithoutDelay(databaseUrl: string): Promise<string> {
  const logger = createLogger({ name: 'bench', level: 'error', pretty: false, destination: process.stderr })
  const database = openDatabase({ url: databaseUrl, poolSize: 1, logger, applicationName: 'bench' })
  try {
    return await addRule(database.db)
  } finally {
    await database.close()
  }
}

async function addRule(db: Db): Promise<string> {
  const keyed = <T extends { key: string }>(rows: readonly T[], key: string): T => {
    const row = rows.find((each) => each.key === key)
    if (!row) throw new Error(`the demonstration has no ${key}`)
    return row
  }
  const asset = keyed(await db.select({ id: assets.id, key: assets.key }).from(assets), deviceKey)
  const mode = keyed(await db.select({ id: failureModes.id, key: failureModes.key }).from(failureModes), failureModeKey)
  const [ruleId, version, now] = [uuidv7(), 1, new Date()]
  await db.transaction(async (tx) => {
    await tx.insert(rules).values({
      id: ruleId,
      key: 'bench.latency',
      assetId: asset.id,
      failureModeId: mode.id,
      version,
      changedAt: now,
    })
    await tx.insert(ruleVersions).values({ ruleId, version, definition, createdAt: now })
  })
  return asset.id
}
