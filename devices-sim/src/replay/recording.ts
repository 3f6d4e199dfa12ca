import { compileTimestamps, type ParseTimestamp } from './timestamps.ts'
import { readCsv, type CsvRow } from './csv-rows.ts'
import { ReplayError } from './replay-error.ts'
import type { Sample } from './sample.ts'

export interface RecordingOptions {
  file: string
  /** Header of the column with the times; unless given the first that is called like one. */
  timeColumn?: string
  /** Headers of the columns with values; unless given the only one besides the time. */
  valueColumns?: readonly string[]
  /** Of times that name none: `UTC`, `+08:00`, `Asia/Shanghai`. */
  zone: string
  /** Only samples with `from <= time < to`, UTC epoch ms. */
  fromMs?: number
  toMs?: number
}

/** A CSV file that was read through once, so that playing it cannot stumble half way. */
export interface Recording {
  readonly timeColumn: string
  readonly valueColumns: readonly string[]
  readonly facts: RecordingFacts
  /** In the order of the file, read as they are asked for. */
  samples(): AsyncGenerator<Sample, void, void>
}

/** What is between `from` and `to`. */
export interface RecordingFacts {
  rows: number
  firstMs: number
  lastMs: number
  /** Values that the recording says it does not have. */
  missing: number
  /** Rows whose time does not lie after that of the row before. */
  notRising: number
}

interface Columns {
  time: { index: number; name: string }
  values: readonly { index: number; name: string }[]
  count: number
}

interface Fault {
  line: number
  reason: string
}

const timeNames = /^(time|timestamp|time_?stamp|ts|date|datetime|date_?time|时间)$/i
const noValue = /^(|-|na|n\/a|nan|null|none|[+-]?inf(inity)?)$/i
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const faultsShown = 10
/** What the readers take for a time. */
const earliestMs = Date.UTC(2000, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)

/**
 * Opens a CSV file with a header, one column of times and one or more of values. An empty cell, `NaN`, `null`, `n/a` and
 * infinity are samples without a value, which go out with quality bad. Whatever else is no number, no time, or a row of the
 * wrong length is refused: rejects with a `ReplayError` that names the lines, before anything was played.
 */
export async function openRecording(options: RecordingOptions): Promise<Recording> {
  const { file, zone, fromMs = -Infinity, toMs = Infinity } = options
  const parseTime = compileTimestamps(zone)
  if (!parseTime) throw new ReplayError('recording/columns', `There is no time zone ${zone}.`)
  const columns = await readHeader(options)

  async function* rows(): AsyncGenerator<Sample | Fault, void, void> {
    let isHeader = true
    let beforeMs = -Infinity
    for await (const row of readCsv(file)) {
      if (!isHeader) {
        const sample = sampleOf(row, columns, (text) => parseTime?.(text, beforeMs))
        if ('tsMs' in sample) beforeMs = sample.tsMs
        if ('reason' in sample || (sample.tsMs >= fromMs && sample.tsMs < toMs)) yield sample
      }
      isHeader = false
    }
  }

  return {
    timeColumn: columns.time.name,
    valueColumns: columns.values.map(({ name }) => name),
    facts: await check(file, rows()),
    async *samples() {
      for await (const row of rows()) {
        if ('reason' in row) throw new ReplayError('recording/rows', `${file} was changed: ${told(row)}.`)
        yield row
      }
    },
  }
}

async function readHeader({ file, timeColumn, valueColumns }: RecordingOptions): Promise<Columns> {
  const names = await firstRow(file)
  const listed = names.join(', ')
  const find = (name: string) => {
    const index = names.indexOf(name)
    if (index !== -1) return { index, name }
    throw new ReplayError('recording/columns', `${file} has no column ${name}; it has ${listed}.`)
  }
  const time = find(timeColumn ?? names.find((name) => timeNames.test(name)) ?? names[0] ?? '')
  const others = names.filter((name) => name !== time.name)
  if (valueColumns === undefined && others.length !== 1) {
    const message = `${file} has ${others.length} columns besides ${time.name}: name those to play (${listed}).`
    throw new ReplayError('recording/columns', message)
  }
  const values = (valueColumns ?? others).map(find)
  return { time, values, count: names.length }
}

async function firstRow(file: string): Promise<string[]> {
  try {
    for await (const { cells } of readCsv(file)) return cells.map((cell) => cell.trim())
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new ReplayError('recording/unreadable', `${file} cannot be read (${code}).`, { cause })
  }
  throw new ReplayError('recording/unreadable', `${file} is empty.`)
}

function sampleOf({ line, cells }: CsvRow, { time, values, count }: Columns, parseTime: ParseTimestamp) {
  if (cells.length !== count) return { line, reason: `${cells.length} cells, where the header has ${count}` }
  const timeText = cells[time.index] ?? ''
  const tsMs = parseTime(timeText)
  if (tsMs === undefined) return { line, reason: `${time.name} is no time: ${shown(timeText)}` }
  if (tsMs < earliestMs || tsMs >= latestMs) return { line, reason: `${shown(timeText)} is no time from 2000 to 2100` }
  const read: (number | null)[] = []
  for (const { index, name } of values) {
    const text = (cells[index] ?? '').trim()
    if (noValue.test(text)) read.push(null)
    else if (number.test(text)) read.push(Number(text))
    else return { line, reason: `${name} is no number: ${shown(text)}` }
  }
  return { tsMs, values: read }
}

async function check(file: string, rows: AsyncIterable<Sample | Fault>): Promise<RecordingFacts> {
  const faults: Fault[] = []
  let faultCount = 0
  const facts = { rows: 0, firstMs: Infinity, lastMs: -Infinity, missing: 0, notRising: 0 }
  let before = -Infinity
  for await (const row of rows) {
    if ('reason' in row) {
      faultCount += 1
      if (faults.length < faultsShown) faults.push(row)
      continue
    }
    facts.rows += 1
    facts.firstMs = Math.min(facts.firstMs, row.tsMs)
    facts.lastMs = Math.max(facts.lastMs, row.tsMs)
    facts.missing += row.values.filter((value) => value === null).length
    if (row.tsMs <= before) facts.notRising += 1
    before = row.tsMs
  }
  if (faultCount > 0) {
    const more = faultCount > faults.length ? [`  … and ${faultCount - faults.length} more`] : []
    const lines = [...faults.map((fault) => `  ${told(fault)}`), ...more]
    throw new ReplayError('recording/rows', [`${file} cannot be played:`, ...lines].join('\n'))
  }
  if (facts.rows === 0) throw new ReplayError('recording/rows', `${file} has no sample in the span that was asked for.`)
  return facts
}

const told = ({ line, reason }: Fault) => `line ${line}: ${reason}`

const shown = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
