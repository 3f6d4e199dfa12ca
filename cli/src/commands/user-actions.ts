import { unlock } from '@fettle/api/sessions/lock-out'
import { hashPassword } from '@fettle/api/sessions/sessions'
import type { Role } from '@fettle/contracts/roles'
import type { Tx } from '@fettle/db/client'
import { sessions, users } from '@fettle/db/schema/identity'
import { branches, customers, engineers } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import { eq } from 'drizzle-orm'
import { loadSettings } from '../settings.ts'
import { UserError } from '../user-error.ts'
import { askPassword } from './ask-password.ts'
import { auditCommand } from './audit-command.ts'
import { withDatabase } from './with-database.ts'

export interface NewUser {
  username: string
  role: Role
  name?: string
  engineer?: string
  customer?: string
  branch?: string
  region: string
}

const usernamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,99}$/u
const passwordLength = { least: 10, most: 200 }

export async function addUser(user: NewUser): Promise<void> {
  const { username, role, name = username, region } = user
  if (!usernamePattern.test(username))
    throw new UserError(`${username} is no username: letters, digits, ".", "_", "@" and "-" only.`)
  requireScope(user)
  const passwordHash = await newPasswordHash(username)
  await withDatabase(loadSettings(), async ({ db }) => {
    await db.transaction(async (tx) => {
      const scope = {
        engineerId: await idOf(tx, 'engineer', user.engineer),
        customerId: await idOf(tx, 'customer', user.customer),
        branchId: await idOf(tx, 'branch', user.branch),
      }
      const [added] = await tx
        .insert(users)
        .values({ id: uuidv7(), username, name, role, passwordHash, regionPrefix: region, ...scope })
        .onConflictDoNothing()
        .returning({ id: users.id })
      if (!added)
        throw new UserError(
          `There is an account ${username} already; \`fettle user password ${username}\` changes its password.`,
        )
      await auditCommand(tx, { operation: 'addUser', entity: 'user', entityId: added.id, detail: { username, role } })
    })
  })
  console.log(`${username} can sign in as ${role}.`)
}

export async function changePassword(username: string): Promise<void> {
  const passwordHash = await newPasswordHash(username)
  await withDatabase(loadSettings(), ({ db }) =>
    db.transaction(async (tx) => {
      const [user] = await tx
        .update(users)
        .set({ passwordHash })
        .where(eq(users.username, username))
        .returning({ id: users.id })
      if (!user) throw new UserError(`There is no account ${username}.`)
      await tx.delete(sessions).where(eq(sessions.userId, user.id))
      await unlock(tx, username, new Date())
      await auditCommand(tx, { operation: 'changePassword', entity: 'user', entityId: user.id, detail: { username } })
    }),
  )
  console.log(`${username} has a new password, and must sign in again everywhere.`)
}

/** Lets somebody sign in again at once whose name was locked after wrong passwords. */
export async function unlockUser(username: string): Promise<void> {
  const wasLocked = await withDatabase(loadSettings(), ({ db }) =>
    db.transaction(async (tx) => {
      const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.username, username))
      if (!user) throw new UserError(`There is no account ${username}.`)
      const found = await unlock(tx, username, new Date())
      await auditCommand(tx, { operation: 'unlockUser', entity: 'user', entityId: user.id, detail: { username } })
      return found
    }),
  )
  console.log(wasLocked ? `${username} can sign in again.` : `${username} was not locked.`)
}

async function newPasswordHash(username: string): Promise<string> {
  const password = await askPassword(`Password for ${username}: `)
  const { least, most } = passwordLength
  if (password.length < least || password.length > most)
    throw new UserError(`A password has ${least} to ${most} characters.`)
  return hashPassword(password)
}

/** An account whose role sees its own rows only would see nothing without them. */
function requireScope({ role, engineer, customer, branch }: NewUser): void {
  const missing =
    (role === 'engineer' && engineer === undefined && '--engineer') ||
    (role === 'customer' && customer === undefined && '--customer') ||
    (role === 'branch' && branch === undefined && '--branch')
  if (missing) throw new UserError(`An account with the role ${role} needs ${missing} <key>.`)
}

const tables = { engineer: engineers, customer: customers, branch: branches }

async function idOf(tx: Tx, kind: keyof typeof tables, key: string | undefined): Promise<string | null> {
  if (key === undefined) return null
  const { [kind]: table } = tables
  const rows = await tx.select({ id: table.id, key: table.key }).from(table)
  const found = rows.find((row) => row.key === key)
  if (!found)
    throw new UserError(`There is no ${kind} ${key}; there are ${rows.map((row) => row.key).join(', ') || 'none'}.`)
  return found.id
}
