import { type AnyColumn, or, type SQL, sql } from 'drizzle-orm'

/**
 * That one of these texts contains `q`, in whatever case; undefined when nothing is asked for. Wildcards in it are taken at
 * their word. A column of words in several languages is searched in all of them.
 */
export function containing(q: string | undefined, texts: readonly (AnyColumn | SQL)[]): SQL | undefined {
  if (!q) return undefined
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return or(...texts.map((text) => sql`${text}::text ilike ${pattern}`))
}
