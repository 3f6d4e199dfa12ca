import { uuidv7 } from '@fettle/platform/ids'
import type { InfluxSettings } from '@fettle/telemetry/influx/settings'
import { askInflux } from '../../src/grafana/ask-influx.ts'
import type { GrafanaRecorder } from './grafana-recorder.ts'
import type { GrafanaServers } from './servers.ts'

/** To see what an organisation was given, with its own eyes. */
export function organisationTools({ database, influx, store }: GrafanaServers, grafana: GrafanaRecorder) {
  /** What Grafana was given, as it would use it. */
  async function credentialsOf(name: string) {
    const { sources } = grafana.organisation(name) ?? { sources: new Map() }
    const [telemetry, business] = [sources.get('fettle-influxdb'), sources.get('fettle-postgresql')]
    const username = String(business?.user)
    const password = String(business?.secureJsonData['password'])
    const reader: InfluxSettings = {
      url: String(telemetry?.url),
      access: {
        kind: 'password',
        username: String(telemetry?.basicAuthUser),
        password: String(telemetry?.secureJsonData['basicAuthPassword']),
      },
      bucket: String(telemetry?.jsonData['dbName']),
      database: String(telemetry?.jsonData['dbName']),
      retentionPolicy: 'autogen',
    }
    return { username, password, reader }
  }
  /** Readings by the key of their machine. */
  async function readingsIn(settings: InfluxSettings): Promise<Record<string, number>> {
    const { rows } = await database.pool.query<{ id: string; key: string }>('select id::text, key from assets')
    const keyOf = new Map(rows.map(({ id, key }) => [id, key]))
    const series = await askInflux(
      settings,
      'SELECT count("quality") FROM "reading" WHERE time >= 0ms GROUP BY "asset"',
    )
    return Object.fromEntries(
      series.map(({ tags, values }) => [keyOf.get(tags?.['asset'] ?? '') ?? 'nobody', Number(values[0]?.[1])]),
    )
  }
  async function writeOne(assetKey: string, atMs: number): Promise<void> {
    const { rows } = await database.pool.query<
      Record<'asset' | 'customer' | 'site' | 'model', string> & { series: number }
    >(
      `select a.id as asset, a.customer_id as customer, a.site_id as site, a.model_id as model, s.series
         from assets a join signals s on s.asset_id = a.id where a.key = $1 limit 1`,
      [assetKey],
    )
    const [row] = rows
    if (!row) throw new Error(`there is no ${assetKey}`)
    await store.write([
      {
        position: 2_000,
        entry: {
          assetId: row.asset,
          customerId: row.customer,
          siteId: row.site,
          modelId: row.model,
          receivedAtMs: atMs,
          source: { kind: 'device', key: uuidv7() },
          series: Int32Array.of(row.series),
          timesMs: Float64Array.of(atMs),
          values: Float64Array.of(1),
          qualities: Uint8Array.of(0),
        },
      },
    ])
  }

  async function command(q: string): Promise<void> {
    const response = await fetch(`${influx.url}/query`, {
      method: 'POST',
      headers: { authorization: basicOf(influx) },
      body: new URLSearchParams({ q }),
    })
    // The headers of the answer come before it is done.
    await response.text()
  }

  return { credentialsOf, readingsIn, writeOne, command }
}

export const basicOf = ({ access }: InfluxSettings) =>
  access.kind === 'password' ? `Basic ${Buffer.from(`${access.username}:${access.password}`).toString('base64')}` : ''

export function urlWithUser({ url, access }: InfluxSettings): string {
  const withUser = new URL(url)
  if (access.kind === 'password') Object.assign(withUser, { username: access.username, password: access.password })
  return withUser.href
}
