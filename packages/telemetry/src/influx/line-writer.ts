import { HttpError, InfluxDB, type WriteApi } from '@influxdata/influxdb-client'
import { authorizationOf, placeOf, reasonOf } from './influx-http.ts'
import { codeOfStatus, InfluxError, saidBy } from './influx-error.ts'
import { lineOf, type Points, type RefusedPoint } from './lines.ts'
import type { InfluxSettings } from './settings.ts'

export interface LineWriterOptions {
  /** Requests under way at once, over all calls; default 2. */
  readonly lanes?: number
  /** Points of one request; default 5,000, which are about a megabyte. */
  readonly pointsPerRequest?: number
}

export interface LineWriter {
  /**
   * Resolves, when everything that the server takes is durable, with what it refuses. Rejects with an InfluxError when the
   * server cannot take anything now; then some of it may be there, and writing it again is right.
   */
  write(points: readonly Points[]): Promise<RefusedPoint[]>
  close(): void
}

/** Where lines go: 1.x has a database, 2.x and 3.x a bucket of an organisation. */
export function writePath({ access, database, retentionPolicy, bucket }: InfluxSettings): string {
  return access.kind === 'token'
    ? `/api/v2/write?${new URLSearchParams({ org: access.org, bucket, precision: 'ms' }).toString()}`
    : `/write?${new URLSearchParams({ db: database, rp: retentionPolicy, precision: 'ms' }).toString()}`
}

/**
 * Writes by the official client, as a way to send bytes and no more: its `flush` waits for the last buffer alone, and its retry
 * drops batches. So each request is one buffer that is never full, nothing is retried here, and one request at a time is under way
 * on each of its WriteApis.
 */
export function createLineWriter(settings: InfluxSettings, options: LineWriterOptions = {}): LineWriter {
  const { lanes = 2, pointsPerRequest = 5_000 } = options
  const client = new InfluxDB({ url: settings.url, headers: authorizationOf(settings), timeout: 30_000 })
  const idle = Array.from({ length: lanes }, () => openWriteApi(client, settings))
  const all = [...idle]
  const waiting: ((api: WriteApi) => void)[] = []

  async function onLane<T>(work: (api: WriteApi) => Promise<T>): Promise<T> {
    const api = idle.pop() ?? (await new Promise<WriteApi>((resolve) => waiting.push(resolve)))
    try {
      return await work(api)
    } finally {
      const next = waiting.shift()
      if (next) next(api)
      else idle.push(api)
    }
  }

  /** Sends what is refused in ever smaller parts, until each refusal is about one point: the server does not say which. */
  async function send(api: WriteApi, slices: readonly Slice[]): Promise<RefusedPoint[]> {
    try {
      await post(api, linesOf(slices))
      return []
    } catch (error) {
      const refusal = refusalOf(settings, error)
      const single = slices.flatMap(singlePoints)
      if (single.length === 1 || refusal.dropped === single.length) return single.map(refusedBecause(refusal.detail))
      const half = Math.ceil(single.length / 2)
      return [...(await send(api, single.slice(0, half))), ...(await send(api, single.slice(half)))]
    }
  }

  return {
    async write(points) {
      const refused: RefusedPoint[] = []
      const failures: unknown[] = []
      const requests = requestsOf(points, pointsPerRequest).map((slices) =>
        onLane(async (api) => {
          if (failures.length > 0) return
          try {
            refused.push(...(await send(api, slices)))
          } catch (error) {
            failures.push(error)
          }
        }),
      )
      // Also those that go on after a failure: what is written again must not be overtaken by its first attempt.
      await Promise.all(requests)
      if (failures.length > 0) throw failures[0]
      return refused
    },
    close() {
      for (const api of all) api.dispose()
    },
  }
}

function openWriteApi(client: InfluxDB, settings: InfluxSettings): WriteApi {
  const api = client.getWriteApi('', '', 'ms', {
    batchSize: 2, // a request is one record of many lines
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
    flushInterval: 0,
    maxRetries: 0,
    // What is packed a twentieth costs a third more CPU here, and as much there: worth it only where the way is long.
    gzipThreshold: settings.url.startsWith('https:') ? 1_000 : Number.MAX_SAFE_INTEGER,
    maxRetryTime: Number.MAX_SAFE_INTEGER,
    // Answering here keeps the client from logging and from calling some failures a success.
    writeFailed: (error) => Promise.reject(error),
  })
  api.path = writePath(settings)
  return api
}

async function post(api: WriteApi, body: string): Promise<void> {
  api.writeRecord(body)
  await api.flush()
}

interface Refusal {
  /** How many points were refused, where the server says so. */
  readonly dropped: number | undefined
  readonly detail: string
}

/** Throws unless the error is an answer that says that the lines themselves are not acceptable. */
function refusalOf(settings: InfluxSettings, error: unknown): Refusal {
  if (!(error instanceof HttpError)) {
    const message = `${placeOf(settings)} cannot be reached: ${reasonOf(error)}`
    throw new InfluxError('influx/unreachable', message, { cause: error })
  }
  const detail = saidBy(error.body ?? '')
  const code = codeOfStatus(error.statusCode) ?? 'influx/failed'
  if (code !== 'influx/refused') {
    throw new InfluxError(code, `${placeOf(settings)} answers ${error.statusCode}: ${detail}`, { cause: error })
  }
  const [, dropped] = /\bdropped=(\d+)\s*$/.exec(detail) ?? []
  return { dropped: dropped === undefined ? undefined : Number(dropped), detail }
}

/** Some of the points, from one place up to another. */
interface Slice {
  readonly points: Points
  readonly from: number
  readonly to: number
}

function requestsOf(points: readonly Points[], size: number): Slice[][] {
  const requests: Slice[][] = []
  let room = 0
  for (const each of points) {
    const { length } = each.times
    for (let from = 0; from < length;) {
      if (room === 0) {
        requests.push([])
        room = size
      }
      const to = Math.min(length, from + room)
      requests.at(-1)?.push({ points: each, from, to })
      room -= to - from
      from = to
    }
  }
  return requests
}

function linesOf(slices: readonly Slice[]): string {
  let lines = ''
  for (const { points, from, to } of slices) {
    for (let index = from; index < to; index++) lines += `${lineOf(points, index)}\n`
  }
  return lines
}

function singlePoints({ points, from, to }: Slice): Slice[] {
  return Array.from({ length: to - from }, (_, i) => ({ points, from: from + i, to: from + i + 1 }))
}

const refusedBecause =
  (detail: string) =>
  ({ points: { series, times }, from }: Slice): RefusedPoint => ({ series, atMs: times[from] ?? 0, detail })
