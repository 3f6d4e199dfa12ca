import pg from 'pg'

/** PostgreSQL's codes, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const noSuchDatabase = '3D000'
const duplicateDatabase = '42P04'
const uniqueViolation = '23505'
const invalidParameterValue = '22023'
const wrongObjectType = '42809'

/**
 * Creates the database that `url` names when the server lacks it; true when it was created. UTF-8, sorted by code point,
 * with the character classes of Unicode (under plain `C`, pg_trgm finds nothing in Chinese). On a server whose operating
 * system has no `C.UTF-8`, the locale of the server is kept. An existing database needs no right to create any.
 */
export async function createDatabaseIfMissing(url: string): Promise<boolean> {
  const target = new URL(url)
  const name = decodeURIComponent(target.pathname.slice(1))
  if (name === '') throw new Error(`the database URL names no database (…@${target.host}/NAME is expected)`)
  if (await exists(url)) return false
  target.pathname = '/postgres'
  return withClient(target.href, (client) => createDatabase(client, name))
}

async function exists(url: string): Promise<boolean> {
  try {
    return await withClient(url, async () => true)
  } catch (error) {
    if (sqlState(error) === noSuchDatabase) return false
    throw error
  }
}

/** False when another process was faster. */
async function createDatabase(client: pg.Client, name: string): Promise<boolean> {
  const create = `create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`
  try {
    await client.query(`${create} lc_collate 'C' lc_ctype 'C.UTF-8'`).catch((error: unknown) => {
      const noSuchLocale = [invalidParameterValue, wrongObjectType].includes(sqlState(error))
      if (!noSuchLocale) throw error
      return client.query(create)
    })
    return true
  } catch (error) {
    if ([duplicateDatabase, uniqueViolation].includes(sqlState(error))) return false
    throw error
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the query that was running reports it
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}

function sqlState(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}
