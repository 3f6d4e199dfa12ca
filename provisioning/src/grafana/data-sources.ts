import { influxdb, postgresql } from './queries.ts'

/** What one organisation of Grafana reads with, and where. */
export interface DataSourceFacts {
  /** The same in both servers. */
  readonly reader: string
  readonly password: string
  readonly influxUrl: string
  readonly influxDatabase: string
  /** `host:port`. */
  readonly postgres: string
  readonly database: string
  readonly sslMode: string
}

/** As Grafana's HTTP API takes it; a provisioning file has the same fields. */
export interface DataSource {
  readonly name: string
  readonly uid: string
  readonly type: string
  readonly access: 'proxy'
  readonly url: string
  readonly isDefault: boolean
  readonly user?: string
  readonly basicAuth?: true
  readonly basicAuthUser?: string
  readonly jsonData: Readonly<Record<string, string | number>>
  readonly secureJsonData: Readonly<Record<string, string>>
}

/**
 * The two data sources of an organisation. InfluxDB is asked in InfluxQL with a user and a password, which 1.x has and 2.x knows as an
 * authorization compatible with 1.x, so it is one source for both.
 */
export function dataSourcesOf(facts: DataSourceFacts): DataSource[] {
  const { reader, password, influxUrl, influxDatabase, postgres, database, sslMode } = facts
  return [
    {
      name: '机康遥测',
      uid: influxdb.uid,
      type: influxdb.type,
      access: 'proxy',
      url: influxUrl,
      isDefault: false,
      basicAuth: true,
      basicAuthUser: reader,
      jsonData: { version: 'InfluxQL', dbName: influxDatabase, httpMode: 'GET' },
      secureJsonData: { basicAuthPassword: password },
    },
    {
      name: '机康业务',
      uid: postgresql.uid,
      type: postgresql.type,
      access: 'proxy',
      url: postgres,
      isDefault: true,
      user: reader,
      jsonData: { database, sslmode: sslMode, maxOpenConns: 5 },
      secureJsonData: { password },
    },
  ]
}
