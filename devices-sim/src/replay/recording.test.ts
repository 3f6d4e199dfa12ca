import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecording, type RecordingOptions } from './recording.ts'
import type { Sample } from './sample.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'recording-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function open(text: string, options: Partial<RecordingOptions> = {}) {
  const file = path.join(folder, 'recording.csv')
  await writeFile(file, text)
  return openRecording({ file, zone: 'UTC', ...options })
}

async function samplesOf(text: string, options?: Partial<RecordingOptions>) {
  const samples: Sample[] = []
  for await (const sample of (await open(text, options)).samples()) samples.push(sample)
  return samples.map(({ tsMs, values }) => [new Date(tsMs).toISOString().slice(0, 16), ...values])
}

const noon = (minute: number) => `2014-01-27T12:${String(minute).padStart(2, '0')}`

it.each<[what: string, text: string, options: Partial<RecordingOptions>, rows: unknown[]]>([
  ['the only other column', 'timestamp,value\n2014-01-27 12:00,73.96732207\n', {}, [[noon(0), 73.96732207]]],
  [
    'columns by name, in the order asked for',
    'a;Zeit;b\n1;2014-01-27 12:00;2\n',
    { timeColumn: 'Zeit', valueColumns: ['b', 'a'] },
    [[noon(0), 2, 1]],
  ],
  ['quotes, a byte order mark, CRLF', '\uFEFF"ts","t, °C"\r\n"2014-01-27 12:00","1e2"\r\n\r\n', {}, [[noon(0), 100]]],
  [
    'what a logger writes when it has nothing',
    'time,value\n2014-01-27 12:00,\n2014-01-27 12:05,NaN\n2014-01-27 12:10,n/a\n2014-01-27 12:15,-inf\n',
    {},
    [0, 5, 10, 15].map((minute) => [noon(minute), null]),
  ],
  [
    'a span, its end not included',
    'time,value\n2014-01-27 12:00,1\n2014-01-27 12:05,2\n2014-01-27 12:10,3\n',
    { fromMs: Date.UTC(2014, 0, 27, 12, 5), toMs: Date.UTC(2014, 0, 27, 12, 10) },
    [[noon(5), 2]],
  ],
  [
    'the order of the file, also back in time and twice the same',
    'time,value\n2014-01-27 12:05,1\n2014-01-27 12:00,2\n2014-01-27 12:00,3\n',
    {},
    [
      [noon(5), 1],
      [noon(0), 2],
      [noon(0), 3],
    ],
  ],
])('reads %s', async (_, text, options, rows) => expect(await samplesOf(text, options)).toEqual(rows))

it('an hour that the clock of the plant showed twice is played twice, not over itself', async () => {
  const shown = ['01:50', '02:00', '02:30', '02:50', '02:00', '02:30', '03:00']
  const text = ['time,value', ...shown.map((time, row) => `2014-10-26 ${time},${row}`)].join('\n')
  const { facts } = await open(text, { zone: 'Europe/Berlin' })
  expect(facts.notRising).toBe(0)
  expect(await samplesOf(text, { zone: 'Europe/Berlin' })).toEqual(
    ['T23:50', 'T00:00', 'T00:30', 'T00:50', 'T01:00', 'T01:30', 'T02:00'].map((time, row) => [
      `2014-10-${row === 0 ? 25 : 26}${time}`,
      row,
    ]),
  )
})

it('says what is in it', async () => {
  const { facts, timeColumn, valueColumns } = await open(
    'date,value\n2014-01-27 12:05,1\n2014-01-27 12:00,\n2014-01-27 12:00,3\n2014-01-27 12:10,4\n',
  )
  expect({ ...facts, timeColumn, valueColumns }).toEqual({
    rows: 4,
    firstMs: Date.UTC(2014, 0, 27, 12, 0),
    lastMs: Date.UTC(2014, 0, 27, 12, 10),
    missing: 1,
    notRising: 2,
    timeColumn: 'date',
    valueColumns: ['value'],
  })
})

describe('refuses before anything is played', () => {
  it('every row that cannot be read, with its line', async () => {
    const text =
      'time,value\n2014-01-27 12:00,warm\nsoon,1\n\n2014-01-27 12:10,1,2\n1014-01-27 12:15,1\n2014-01-27 12:20,1\n'
    await expect(open(text)).rejects.toThrow(
      [
        `${path.join(folder, 'recording.csv')} cannot be played:`,
        '  line 2: value is no number: "warm"',
        '  line 3: time is no time: "soon"',
        '  line 5: 3 cells, where the header has 2',
        '  line 6: "1014-01-27 12:15" is no time from 2000 to 2100',
      ].join('\n'),
    )
  })

  it('and counts those that it does not list', async () => {
    const rows = Array.from({ length: 25 }, () => 'never,1').join('\n')
    await expect(open(`time,value\n${rows}\n`)).rejects.toThrow(/line 11: .*\n {2}… and 15 more$/)
  })

  it.each<[what: string, text: string, options: Partial<RecordingOptions>, says: RegExp]>([
    ['a column that there is not', 'time,value\n', { valueColumns: ['temp'] }, /no column temp; it has time, value/],
    ['columns to choose from', 'time,a,b\n', {}, /2 columns besides time: name those to play/],
    ['a file without rows', 'time,value\n', {}, /no sample in the span/],
    ['an empty file', '', {}, /is empty/],
    ['a zone that there is not', 'time,value\n', { zone: 'Mars' }, /no time zone Mars/],
    ['no file', 'time,value\n', { file: '/nowhere/at/all.csv' }, /cannot be read \(ENOENT\)/],
  ])('%s', async (_, text, options, says) => {
    await expect(open(text, options)).rejects.toThrow(says)
  })
})
