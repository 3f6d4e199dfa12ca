import type { Config } from '@fettle/platform/environment'
import { ConfigError } from '@fettle/platform/config'

/** How to get in: 1.x takes a user and password or nobody at all, 2.x and 3.x a token. */
export type InfluxAccess =
  | { readonly kind: 'token'; readonly token: string; readonly org: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'open' }

export interface InfluxSettings {
  /** Without credentials, query and closing slash. */
  readonly url: string
  readonly access: InfluxAccess
  /** As 2.x knows it. */
  readonly bucket: string
  /** As 1.x and InfluxQL know it: a bucket `name` is the policy `autogen` of a database, `name/policy` another one. */
  readonly database: string
  readonly retentionPolicy: string
}

export type InfluxVariables = Pick<Config, 'influxUrl' | 'influxToken' | 'influxOrg' | 'influxBucket'>

/**
 * What the variables `INFLUX_…` say; undefined without `INFLUX_URL`. With a token the server is spoken to as 2.x and 3.x want it,
 * otherwise as 1.x, user and password coming from the URL. Throws one `ConfigError` with all that is wrong; it shows no value.
 */
export function influxSettings(variables: InfluxVariables): InfluxSettings | undefined {
  const { influxUrl, influxToken: token, influxOrg: org, influxBucket: bucket } = variables
  if (influxUrl === undefined) return undefined
  const url = parsed(influxUrl)
  const [database = '', retentionPolicy = 'autogen', ...rest] = bucket.split('/')
  const problems: string[] = []
  if (!url) problems.push('INFLUX_URL is no URL; one looks like http://host:8086')
  else {
    if (url.search || url.hash)
      problems.push('INFLUX_URL must end with its path; database and bucket are INFLUX_BUCKET')
    if (token !== undefined && url.username) {
      problems.push('INFLUX_URL has a user and there is an INFLUX_TOKEN: InfluxDB 1.x takes the one, 2.x the other')
    }
    if (url.username && !url.password) problems.push('INFLUX_URL has a user without a password')
  }
  if (token !== undefined && !isHeaderText(token)) problems.push('INFLUX_TOKEN has characters that no token has')
  if (!database || !retentionPolicy || rest.length > 0 || !isPlain(bucket)) {
    problems.push('INFLUX_BUCKET must be a name, or database/retention-policy, without quotes and control characters')
  }
  if (!url || problems.length > 0) throw new ConfigError(problems)

  const base = `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
  return { url: base, access: accessOf(url, token, org), bucket, database, retentionPolicy }
}

function accessOf({ username, password }: URL, token: string | undefined, org: string): InfluxAccess {
  if (token !== undefined) return { kind: 'token', token, org }
  if (!username) return { kind: 'open' }
  return { kind: 'password', username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function parsed(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined
}

const isPlain = (name: string) => !/["'\\\p{Cc}]/u.test(name)
const isHeaderText = (text: string) => /^[\x21-\x7e]+$/.test(text)
