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
  const parameters = { db, rp, epoch: 'ms', q: statement }
  const response = await check(settings, await ask(settings, '/query', { parameters }))
  const { error, results = [] } = await answerOf(settings, response)
  const said = error ?? results.find((result) => result.error !== undefined)?.error
  // The statement is ours, so what it stumbles over is the place it was sent to.
  if (said !== undefined) throw new InfluxError('influx/failed', `${placeOf(settings)}: ${saidBy(said)}`)
  const series = results[0]?.series ?? []
  if (results[0]?.partial || series.some(({ partial }) => partial) || series.length > 1) {
    throw new InfluxError('influx/failed', `${placeOf(settings)} answers a part of the rows: max-row-limit is set`)
  }
  return series[0]?.values ?? []
}

interface Answer {
  readonly error?: string
  readonly results?: readonly {
    readonly error?: string
    readonly partial?: boolean
    readonly series?: readonly { readonly values?: readonly Row[]; readonly partial?: boolean }[]
  }[]
}

async function answerOf(settings: InfluxSettings, response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer
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
