import type { DataSourceRef, InfluxQuery, SqlQuery } from './dashboard.ts'

/**
 * The same identifiers in every organisation of Grafana, so that a dashboard is the same file in each: what it shows is decided by
 * the credentials behind them.
 */
export const influxdb: DataSourceRef = { type: 'influxdb', uid: 'fettle-influxdb' }
export const postgresql: DataSourceRef = { type: 'grafana-postgresql-datasource', uid: 'fettle-postgresql' }
/** Of panels whose queries go to more than one. */
export const mixed: DataSourceRef = { type: 'datasource', uid: '-- Mixed --' }

/** Rows of PostgreSQL as they come. */
export const table = (refId: string, sql: string): SqlQuery => query(refId, sql, 'table')

/** Rows with `time`, `metric` and `value`, ascending in time: a series for each metric. */
export const series = (refId: string, sql: string): SqlQuery => query(refId, sql, 'time_series')

/** Series of InfluxDB, called by their columns. */
export function trend(refId: string, influxql: string): InfluxQuery {
  return {
    refId,
    datasource: influxdb,
    query: oneLine(influxql),
    rawQuery: true,
    resultFormat: 'time_series',
    alias: '$col',
  }
}

/** The limit that an alarm's peak stands beside, with its unit. */
export const limitOfPeak = `round(peak_limit::numeric, decimals) || ' ' || unit`

function query(refId: string, sql: string, format: SqlQuery['format']): SqlQuery {
  return { refId, datasource: postgresql, rawSql: unindented(sql), rawQuery: true, editorMode: 'code', format }
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

/** Without the indentation of our sources. */
function unindented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const margins = lines.map((line) => line.length - line.trimStart().length)
  // A text that begins on the line of its quote says nothing about the others' margin.
  const margin = Math.min(...(text.startsWith('\n') ? margins : [0]))
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}
