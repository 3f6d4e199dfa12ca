import type { Text } from '@fettle/contracts/scalars'
import type { Cell } from './csv.ts'
import type { Voice } from './voice.ts'

/** One column of a file: its head, with the unit, and what a row says in it. */
export interface ExportColumn<Row> {
  head(voice: Voice): string
  cell(row: Row, voice: Voice): Cell
}

/** The kinds of column there are, for rows of one type: `const { text, time } = columnsOf<Alarm>()`. */
export function columnsOf<Row>() {
  type Read<T> = (row: Row) => T | null
  const column = (name: Text, cell: ExportColumn<Row>['cell']): ExportColumn<Row> => ({
    head: (voice) => voice.text(name),
    cell,
  })
  return {
    /** As it was entered, whatever the language. */
    text: (zh: string, en: string, read: Read<string>) => column({ zh, en }, (row) => read(row)),
    /** In the reader's language. */
    words: (zh: string, en: string, read: Read<Text>) =>
      column({ zh, en }, (row, voice) => {
        const words = read(row)
        return words && voice.text(words)
      }),
    number: (zh: string, en: string, read: Read<number>) => column({ zh, en }, (row) => read(row)),
    /** A fixed-point number with the digits that it has. */
    decimal: (zh: string, en: string, read: Read<string>) =>
      column({ zh, en }, (row) => {
        const digits = read(row)
        return digits === null ? null : { digits }
      }),
    /** Cents, told in yuan. */
    money: (zh: string, en: string, read: Read<number>): ExportColumn<Row> => ({
      head: (voice) => voice.text({ zh: `${zh}（元）`, en: `${en} (CNY)` }),
      cell: (row) => {
        const cents = read(row)
        return cents === null ? null : { digits: (cents / 100).toFixed(2) }
      },
    }),
    /** An instant, told to the second in the zone that the head names. */
    time: (zh: string, en: string, read: Read<string>): ExportColumn<Row> => ({
      head: (voice) => voice.text({ zh: `${zh}（${voice.zone}）`, en: `${en} (${voice.zone})` }),
      cell: (row, voice) => {
        const at = read(row)
        return at && voice.time(at)
      },
    }),
  }
}
