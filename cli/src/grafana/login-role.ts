import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Database } from '@fettle/db/client'
import { UserError } from '../user-error.ts'

/** What a login may do at most: read views, so slow questions are cut off and a dashboard cannot take all connections. */
const settings = {
  default_transaction_read_only: 'on',
  statement_timeout: '30s',
  idle_in_transaction_session_timeout: '60s',
  search_path: 'dashboards',
}
const connections = 20

/**
 * A login that reads the views of the schema `dashboards` and nothing else, with this password from now on; there already or not.
 * What the views show it is decided by `grafana_organisations`. Throws a UserError when our own login may not make others.
 */
export async function ensureLoginRole({ pool }: Database, role: string, password: string): Promise<void> {
  requireSound(password)
  const name = quoted(role)
  const client = await pool.connect()
  try {
    await client.query('begin')
    // Another process may be making it at this moment.
    await client.query(`select pg_advisory_xact_lock(hashtext('fettle dashboards'))`)
    const { rows } = await client.query<{ database: string; is_there: boolean }>(
      'select current_database() as database, exists (select from pg_roles where rolname = $1) as is_there',
      [role],
    )
    const [{ database, is_there: isThere } = { database: '', is_there: false }] = rows
    // A new role may do nothing; only a superuser may say so again of one that is there.
    if (!isThere) await client.query(`create role ${name}`)
    const verifier = scramVerifier(password)
    await client.query(`alter role ${name} login noinherit connection limit ${connections} password '${verifier}'`)
    for (const [setting, value] of Object.entries(settings)) {
      await client.query(`alter role ${name} in database ${quoted(database)} set ${setting} = '${value}'`)
    }
    await client.query(`grant usage on schema dashboards to ${name}`)
    await client.query(`grant select on all tables in schema dashboards to ${name}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw forPeople(error)
  } finally {
    client.release()
  }
}

/** Views that an update brought are for those as well who were there before. */
export async function grantNewViews({ pool }: Pick<Database, 'pool'>, role: string): Promise<void> {
  const { rows } = await pool.query('select from pg_roles where rolname = $1', [role])
  if (rows.length > 0) await pool.query(`grant select on all tables in schema dashboards to ${quoted(role)}`)
}

/** Ends its sessions, takes back what it was granted and removes it; nothing when there is none. */
export async function dropLoginRole({ pool }: Database, role: string): Promise<void> {
  const { rows } = await pool.query('select from pg_roles where rolname = $1', [role])
  if (rows.length === 0) return
  const name = quoted(role)
  try {
    await pool.query(`alter role ${name} nologin`)
    await pool.query(
      // Waits for each, since what a session made for itself alone goes with it, and would hold the role back.
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = $1 and pg_has_role(current_user, $1, 'usage')`,
      [role],
    )
    await pool.query(`revoke all on all tables in schema dashboards from ${name}`)
    await pool.query(`revoke all on schema dashboards from ${name}`)
    await pool.query(`drop role ${name}`)
  } catch (error) {
    throw forPeople(error)
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const insufficientPrivilege = '42501'

function forPeople(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === insufficientPrivilege)) return error
  const message =
    'The user of DATABASE_URL may not make other logins, which dashboards need: `alter role … createrole` allows it.'
  return new UserError(message, { cause: error })
}

/** One that every client reads in the same way, and that nobody guesses. */
function requireSound(password: string): void {
  if (/^[\x21-\x7e]{12,200}$/.test(password)) return
  throw new UserError('A password for dashboards has 12 to 200 letters, digits and signs of ASCII, without spaces.')
}

/** What PostgreSQL keeps of a password (RFC 5803), so that the password itself is in no statement and in no log of the server. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), iterations = 4_096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const keyOf = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`
}
