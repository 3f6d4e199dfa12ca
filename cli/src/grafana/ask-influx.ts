import { saidBy } from '@fettle/telemetry/influx/influx-error'
import { authorizationOf, check, placeOf } from '@fettle/telemetry/influx/influx-http'
import { InfluxError } from '@fettle/telemetry/influx/influx-error'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'

export interface InfluxSeries {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values: readonly (readonly (number | string | null)[])[]
}

/** Asks as Grafana does: GET, the database by name, its default retention policy. Rejects with an InfluxError. */
export async function askInflux(settings: InfluxSettings, query: string): Promise<readonly InfluxSeries[]> {
  const parameters = new URLSearchParams({ db: settings.database, epoch: 'ms', q: query })
  const url = `${settings.url}/query?${parameters.toString()}`
  const response = await fetch(url, { headers: authorizationOf(settings), signal: AbortSignal.timeout(30_000) }).catch(
    (cause: unknown) => {
      throw new InfluxError('influx/unreachable', `${placeOf(settings)} cannot be reached`, { cause })
    },
  )
  const answer = (await (await check(settings, response)).json()) as {
    results?: { error?: string; series?: InfluxSeries[] }[]
  }
  const [result] = answer.results ?? []
  if (result?.error !== undefined) {
    throw new InfluxError('influx/failed', `${placeOf(settings)}: ${saidBy(JSON.stringify({ error: result.error }))}`)
  }
  return result?.series ?? []
}
