import { codeOfStatus, InfluxError, saidBy } from './influx-error.ts'
import type { InfluxSettings } from './settings.ts'

/** As long as a month of a busy signal may take. */
const timeoutMs = 30_000

export interface InfluxRequest {
  readonly method?: 'GET' | 'POST'
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: string
}

/** For a person: `https://host:8086` and nothing secret. */
export const placeOf = ({ url }: InfluxSettings) => `InfluxDB at ${url}`

export function authorizationOf({ access }: InfluxSettings): Record<string, string> {
  switch (access.kind) {
    case 'token':
      return { authorization: `Token ${access.token}` }
    case 'password':
      return { authorization: `Basic ${Buffer.from(`${access.username}:${access.password}`).toString('base64')}` }
    case 'open':
      return {}
    default:
      return access satisfies never
  }
}

/** The answer, good or not. Rejects with `influx/unreachable`. */
export async function ask(settings: InfluxSettings, path: string, request: InfluxRequest = {}): Promise<Response> {
  const { method = 'GET', parameters = {}, body } = request
  const query = new URLSearchParams(parameters).toString()
  try {
    return await fetch(`${settings.url}${path}${query && `?${query}`}`, {
      method,
      headers: authorizationOf(settings),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      ...(body !== undefined && { body }),
    })
  } catch (cause) {
    throw new InfluxError('influx/unreachable', `${placeOf(settings)} cannot be reached: ${reasonOf(cause)}`, { cause })
  }
}

/** Throws what a bad answer means. */
export async function check(settings: InfluxSettings, response: Response): Promise<Response> {
  const code = codeOfStatus(response.status)
  if (!code) return response
  const said = saidBy(await response.text())
  throw new InfluxError(code, `${placeOf(settings)} answers ${response.status}: ${said}`)
}

/** One row of an answer: time in epoch ms, then the selected columns. */
export type Row = readonly (number | string | null)[]

/**
 * Runs one InfluxQL statement that selects from one measurement without grouping by tags, so that it has one table of rows, in
 * order of time. Rejects with an InfluxError.
 */
export async function select(settings: InfluxSettings, statement: string): Promise<readonly Row[]> {
  const { database: db, retentionPolicy: rp } = settings
  // In chunks, as otherwise 1.x may be set to leave out rows without saying so in a way that can be told from long answers.
  const parameters = { db, rp, epoch: 'ms', chunked: 'true', q: statement }
  const response = await check(settings, await ask(settings, '/query', { parameters }))
  const parts = await partsOf(settings, response)
  const said = parts.flatMap(({ error, results = [] }) => [error, ...results.map((result) => result.error)])
  const complaint = said.find((each) => each !== undefined)
  // The statement is ours, so what it stumbles over is the place it was sent to.
  if (complaint !== undefined) throw new InfluxError('influx/failed', `${placeOf(settings)}: ${saidBy(complaint)}`)
  const results = parts.flatMap((part) => part.results ?? [])
  if (results.at(-1)?.partial) throw new InfluxError('influx/failed', `${placeOf(settings)} answers a part of the rows`)
  return results.flatMap(({ series = [] }) => series.flatMap(({ values = [] }) => values))
}

interface Part {
  readonly error?: string
  readonly results?: readonly {
    readonly error?: string
    /** More is to come in the next part. */
    readonly partial?: boolean
    readonly series?: readonly { readonly values?: readonly Row[] }[]
  }[]
}

/** A part is a line; a server that knows no chunks sends one. */
async function partsOf(settings: InfluxSettings, response: Response): Promise<Part[]> {
  try {
    const lines = (await response.text()).split('\n').filter((line) => line.trim() !== '')
    return lines.map((line) => JSON.parse(line) as Part)
  } catch (cause) {
    throw new InfluxError('influx/failed', `${placeOf(settings)} broke off its answer: ${reasonOf(cause)}`, { cause })
  }
}

/** `fetch failed` says nothing; what caused it does. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message
  return cause instanceof Error ? cause.message : error.message
}
