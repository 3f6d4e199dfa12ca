import type { Dashboard, Query } from '@fettle/provisioning/grafana/dashboard'
import {
  interpolateInfluxql,
  interpolateSql,
  intervalOf,
  type Chosen,
  type TimeRange,
} from '@fettle/provisioning/grafana/interpolation'
import { queriesOf, type Where } from '@fettle/provisioning/grafana/queries-of'
import type { InfluxSeries } from './ask-influx.ts'

/** The two data sources, each with the credentials of one organisation. */
export interface DataSources {
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  influxql(text: string): Promise<readonly InfluxSeries[]>
}

export interface RunOptions {
  readonly sources: DataSources
  readonly range: TimeRange
  /** Which option to take where only one may be chosen, by its text; otherwise the first. */
  readonly prefer?: (variable: string, text: string) => boolean
}

export interface RanQuery {
  readonly where: Where
  /** The value of the repeated variable, as people read it. */
  readonly of?: string
  readonly source: 'PostgreSQL' | 'InfluxDB'
  /** As it was sent. */
  readonly sent: string
  /** Of PostgreSQL its rows, of InfluxDB those points of its series that have a value. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** Pixels of a panel, which decide `$__interval`. */
const panelWidth = 900

/**
 * Asks every query of a dashboard as Grafana would when it is opened: variables in their order, several of which may be chosen with
 * all their options, then annotations and panels, repeated ones for each value.
 */
export async function runQueries(dashboard: Dashboard, options: RunOptions): Promise<RanQuery[]> {
  const { sources, range, prefer = () => false } = options
  const variables: Record<string, Chosen> = {}
  const ran: RanQuery[] = []

  async function run(where: Where, query: Query, more: Readonly<Record<string, Chosen>> = {}): Promise<RanQuery> {
    const least = where.kind === 'panel' ? where.interval : undefined
    const intervalMs = intervalOf(range, panelWidth, least)
    const situation = { ...range, intervalMs, variables: { ...variables, ...more } }
    if ('rawSql' in query) {
      const sent = interpolateSql(query.rawSql, situation)
      return { where, source: 'PostgreSQL', sent, rows: await sources.sql(sent) }
    }
    const sent = interpolateInfluxql(query.query, situation)
    return { where, source: 'InfluxDB', sent, rows: (await sources.influxql(sent)).flatMap(pointsOf) }
  }

  for (const { where, query } of queriesOf(dashboard)) {
    if (where.kind === 'panel' && where.repeat !== undefined) {
      for (const [name, chosen] of valuesOf(where.repeat, variables[where.repeat])) {
        ran.push({ ...(await run(where, query, { [where.repeat]: chosen })), of: name })
      }
      continue
    }
    const done = await run(where, query)
    ran.push(done)
    if (where.kind === 'variable') {
      const choices = done.rows.map((row) => ({ text: String(row['__text']), value: String(row['__value']) }))
      variables[where.name] = where.many
        ? { text: choices.map(({ text }) => text), value: choices.map(({ value }) => value) }
        : (choices.find(({ text }) => prefer(where.name, text)) ?? choices[0] ?? { text: '', value: '' })
    }
  }
  return ran
}

function valuesOf(name: string, chosen: Chosen | undefined): [string, Chosen][] {
  if (!chosen || typeof chosen.value === 'string') throw new Error(`${name} is no variable of several values`)
  return chosen.value.map((value, index) => {
    const text = chosen.text[index] ?? value
    return [text, { text, value }]
  })
}

function pointsOf({ tags, columns, values }: InfluxSeries): Record<string, unknown>[] {
  return values
    .filter((row) => row.some((value, column) => columns[column] !== 'time' && value !== null))
    .map((row) => ({ ...tags, ...Object.fromEntries(row.map((value, column) => [columns[column], value])) }))
}

/** One line for each query, and beneath it what was sent and the first row. */
export function reportOf(dashboard: Dashboard, ran: readonly RanQuery[]): string {
  return ran
    .map(({ where, of, source, sent, rows }) => {
      const name = of === undefined ? where.name : of
      const head = `${dashboard.title} / ${where.kind} ${name} / ${source}: ${rows.length} rows`
      const first = rows[0] === undefined ? [] : [`  → ${shortened(JSON.stringify(rows[0]))}`]
      return [head, ...sent.split('\n').map((line) => `  ${shortened(line)}`), ...first].join('\n')
    })
    .join('\n')
}

const longest = 400
const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)} …` : text)
