import { DomainError } from '@fettle/domain/domain-error'
import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** What a list can be sorted by; `cast` is the type that a cursor's text is read back as. */
export interface SortColumn {
  readonly column: AnyColumn | SQL
  readonly cast: 'timestamptz' | 'text' | 'uuid' | 'bigint' | 'integer'
}

export interface PageOptions<S extends string> {
  readonly query: { readonly limit?: number; readonly cursor?: string; readonly sort?: string }
  readonly columns: Readonly<Record<S, SortColumn>>
  /** Such as `-createdAt`. */
  readonly fallback: NoInfer<S | `-${S}`>
  /** Unique tie-breaker. */
  readonly id: SortColumn
}

/** Which rows a list or a single look-up reads; `mark` is a row's place for the cursor. */
export interface RowsRead {
  readonly where: SQL | undefined
  readonly orderBy: SQL
  readonly limit: number
  readonly mark?: SQL<string>
}

export interface Page {
  readonly after: SQL
  readonly orderBy: SQL
  /** One more than a page, to know whether another follows. */
  readonly fetch: number
  /** A select field: the row's place in this order, opaque. */
  readonly mark: SQL<string>
  cut<R extends { mark: string }>(rows: readonly R[]): { rows: R[]; nextCursor: string | null }
}

/**
 * Keyset pages: stable while rows are added, as fast on page 1,000 as on page 1. The cursor holds the last row's sort value
 * and id. Throws `request/invalid` for an unknown sort field or a damaged cursor.
 */
export function page<S extends string>({ query, columns, fallback, id }: PageOptions<S>): Page {
  const sort = query.sort ?? fallback
  const descending = sort.startsWith('-')
  const field = sort.replace(/^-/, '') as S
  const by: SortColumn | undefined = Object.hasOwn(columns, field) ? columns[field] : undefined
  if (by === undefined) {
    throw new DomainError('request/invalid', `cannot sort by ${sort}`, { sortable: Object.keys(columns) })
  }
  const limit = query.limit ?? 50
  const direction = descending ? sql`desc` : sql`asc`
  const place = query.cursor === undefined ? undefined : decodeCursor(query.cursor, sort, [by.cast, id.cast])
  const after = place
    ? sql`(${by.column}, ${id.column}) ${descending ? sql`<` : sql`>`} (${place[0]}::${sql.raw(by.cast)}, ${place[1]}::${sql.raw(id.cast)})`
    : sql`true`
  return {
    after,
    orderBy: sql`${by.column} ${direction}, ${id.column} ${direction}`,
    fetch: limit + 1,
    mark: sql<string>`json_build_array(${by.column}::text, ${id.column}::text)::text`,
    cut(rows) {
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return { rows: shown, nextCursor: last ? encodeCursor(sort, last.mark) : null }
    },
  }
}

function encodeCursor(sort: string, mark: string): string {
  return Buffer.from(JSON.stringify([sort, mark])).toString('base64url')
}

/** What each type reads, so that a forged cursor is refused here and not by the database. */
const shapes: Record<SortColumn['cast'], RegExp> = {
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/,
  text: /^[^\0\p{Surrogate}]*$/u,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  bigint: /^-?\d{1,18}$/,
  integer: /^-?\d{1,9}$/,
}

function decodeCursor(
  cursor: string,
  sort: string,
  [valueCast, idCast]: readonly [SortColumn['cast'], SortColumn['cast']],
): [string, string] {
  try {
    const [cursorSort, mark] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (cursorSort !== sort || typeof mark !== 'string') throw new Error('not ours')
    const [value, rowId] = JSON.parse(mark) as [unknown, unknown]
    if (typeof value !== 'string' || typeof rowId !== 'string') throw new Error('not ours')
    if (!shapes[valueCast].test(value) || !shapes[idCast].test(rowId)) throw new Error('not ours')
    return [value, rowId]
  } catch (cause) {
    throw new DomainError('request/invalid', 'the cursor does not belong to this list', {}, { cause })
  }
}
