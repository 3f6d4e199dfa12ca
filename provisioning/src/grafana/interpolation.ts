/**
 * What Grafana makes of a query before it sends it, so that every query of our dashboards can be run without Grafana: first its
 * variables, as the browser replaces them, then the macros of the data source. Sources: Grafana's documentation of variable formats,
 * and its `grafana-postgresql-datasource/macros.go` and `influxdb/models/query.go`. What our queries do not use throws.
 */
export interface TimeRange {
  /** UTC epoch ms, both inclusive. */
  readonly fromMs: number
  readonly toMs: number
}

export interface Situation extends TimeRange {
  /** Of `$__interval`. */
  readonly intervalMs: number
  /** What is chosen: one value, or a list where several may be. `All` is the list of all. */
  readonly variables: Readonly<Record<string, Chosen>>
}

export interface Chosen {
  readonly value: string | readonly string[]
  readonly text: string | readonly string[]
}

export function interpolateSql(sql: string, situation: Situation): string {
  const [from, to] = [isoOf(situation.fromMs), isoOf(situation.toMs)]
  return replaceInterval(replaceVariables(sql, situation), situation).replaceAll(
    // As Grafana's own pattern: an argument holds no closing parenthesis.
    /\$(\w+)\(([^)]*)\)/g,
    (_, macro: string, list: string) => {
      const [column = '', interval = ''] = list.split(',').map((argument) => argument.trim())
      switch (macro) {
        case '__timeFilter':
          return `${column} BETWEEN '${from}' AND '${to}'`
        case '__timeFrom':
          return `'${from}'`
        case '__timeTo':
          return `'${to}'`
        case '__timeGroup': {
          const seconds = secondsOf(interval)
          return `floor(extract(epoch from ${column})/${seconds})*${seconds}`
        }
        default:
          throw new Error(`$${macro} is none of the macros that our queries use`)
      }
    },
  )
}

export function interpolateInfluxql(query: string, situation: Situation): string {
  const { fromMs, toMs } = situation
  const withTime = replaceVariables(query, situation).replaceAll(
    '$timeFilter',
    `time >= ${fromMs}ms and time <= ${toMs}ms`,
  )
  return replaceInterval(withTime, situation)
}

/** Titles and links. */
export function replaceVariables(text: string, { variables }: Pick<Situation, 'variables'>): string {
  return text.replaceAll(/\$\{(\w+)(?::(\w+))?\}/g, (whole, name: string, format: string | undefined) => {
    const chosen = variables[name]
    if (!chosen) throw new Error(`there is no variable ${name}`)
    if (format === undefined) throw new Error(`${whole} has no format, so its data source would decide how it reads`)
    return formatted(chosen, format)
  })
}

function formatted({ value, text }: Chosen, format: string): string {
  const values = typeof value === 'string' ? [value] : value
  switch (format) {
    case 'raw':
      return values.join(',')
    case 'text':
      return typeof text === 'string' ? text : text.join(' + ')
    case 'sqlstring':
      return values.map((each) => `'${each.replaceAll("'", "''")}'`).join(',')
    case 'regex': {
      const escaped = values.map((each) => each.replaceAll(/[\\^$*+?.()|[\]{}/]/g, String.raw`\$&`))
      return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
    }
    default:
      throw new Error(`:${format} is none of the formats that our queries use`)
  }
}

function replaceInterval(query: string, { intervalMs }: Situation): string {
  return query.replaceAll('$__interval_ms', String(intervalMs)).replaceAll('$__interval', durationOf(intervalMs))
}

const isoOf = (ms: number) => new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z')

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/** As Grafana writes it: the largest unit of which it is a whole number. */
function durationOf(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? units[4]
  return `${ms / size}${unit}`
}

function secondsOf(duration: string): number {
  const [, count, unit] = /^(\d+)(d|h|m|s|ms)$/.exec(duration) ?? []
  const size = units.find(([each]) => each === unit)?.[1]
  if (size === undefined) throw new Error(`${duration} is no interval`)
  return (Number(count) * size) / 1_000
}

/** Upper bounds of a raw interval and what it is rounded to, ms; as Grafana's `roundInterval`. */
const rounded = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, 1_000],
  [3_500, 2_000],
  [7_500, 5_000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
] as const

/** `$__interval` of a panel so many pixels wide, at least `least` (such as `5s`) long. */
export function intervalOf({ fromMs, toMs }: TimeRange, points: number, least = '1ms'): number {
  const leastMs = secondsOf(least) * 1_000
  const raw = (toMs - fromMs) / points
  return Math.max(leastMs, rounded.find(([below]) => raw < below)?.[1] ?? 604_800_000)
}
