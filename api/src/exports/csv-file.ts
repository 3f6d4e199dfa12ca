import { Readable } from 'node:stream'
import { maxExportRows } from '@fettle/contracts/exports'
import type { Text } from '@fettle/contracts/scalars'
import { DomainError } from '@fettle/domain/domain-error'
import type { ExportColumn } from './columns.ts'
import { byteOrderMark, csvRecord } from './csv.ts'
import type { Voice } from './voice.ts'

/** A list to be written out: its own query, page after page. */
export interface ListRows<Row> {
  readonly columns: readonly ExportColumn<Row>[]
  /** How many rows there are, counted up to `most`; undefined where only the rows themselves tell. */
  readonly count: (most: number) => Promise<number> | undefined
  readonly pageOf: (paging: {
    readonly limit: number
    readonly cursor?: string
  }) => Promise<{ readonly items: readonly Row[]; readonly nextCursor: string | null }>
}

export interface CsvFile {
  readonly rows: number | undefined
  /** UTF-8. Destroying it ends the questions to the database. */
  readonly content: Readable
}

const pageRows = 500
/** With the page that is being written, all that is in memory for one reader, however slowly they read. */
const bufferedBytes = 64 * 1024

/**
 * A list as CSV. What can be refused is refused here, before the first byte: more rows than a file may have
 * (`export/too-many-rows`), and whatever the list's own query does not take.
 */
export async function csvFile<Row>(list: ListRows<Row>, voice: Voice): Promise<CsvFile> {
  const rows = await list.count(maxExportRows + 1)
  if (rows !== undefined && rows > maxExportRows) throw tooMany()
  const first = await list.pageOf({ limit: pageRows })
  return {
    rows,
    content: Readable.from(chunks(list, first, voice), { objectMode: false, highWaterMark: bufferedBytes }),
  }
}

/** A page at a time, each asked for when the one before has been read. */
async function* chunks<Row>(
  { columns, pageOf }: ListRows<Row>,
  first: Awaited<ReturnType<ListRows<Row>['pageOf']>>,
  voice: Voice,
): AsyncGenerator<string, void> {
  yield byteOrderMark + csvRecord(columns.map((column) => column.head(voice)))
  let page = first
  let rows = 0
  while (true) {
    rows += page.items.length
    // The list has grown meanwhile. A file that looks whole must be whole, so this one breaks off.
    if (rows > maxExportRows) throw tooMany()
    if (page.items.length > 0) {
      yield page.items.map((row) => csvRecord(columns.map((column) => column.cell(row, voice)))).join('')
    }
    if (page.nextCursor === null) return
    page = await pageOf({ limit: pageRows, cursor: page.nextCursor })
  }
}

function tooMany(): DomainError {
  const reason: Text = {
    zh: `符合条件的超过 ${maxExportRows} 行，一个文件放不下；请先缩小筛选范围。`,
    en: `More than ${maxExportRows} rows match, which is more than one file holds; narrow the filters first.`,
  }
  return new DomainError('export/too-many-rows', reason.en, { limit: maxExportRows, reason })
}
