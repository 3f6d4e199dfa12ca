import { randomBytes } from 'node:crypto'
import type { Db } from '@fettle/db/client'
import { models } from '@fettle/db/schema/assets'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { customers } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import { asc, eq, ne } from 'drizzle-orm'
import { UserError } from '../user-error.ts'

export type Organisation = typeof grafanaOrganisations.$inferSelect
export type OrganisationChange = Partial<typeof grafanaOrganisations.$inferInsert>

/** Whose data an organisation shows: exactly one of the two. */
export interface Whose {
  /** Key of a customer. */
  readonly customer?: string | undefined
  /** As models name their maker. */
  readonly manufacturer?: string | undefined
}

export interface WantedOrganisation extends Whose {
  readonly name: string
  readonly fettleUrl: string
}

/** The organisation of that name, made now or before. Throws a UserError when it is somebody else's, or when nobody is meant. */
export async function ensureOrganisation(db: Db, wanted: WantedOrganisation): Promise<Organisation> {
  const { name, fettleUrl } = wanted
  const whose = await scopeOf(db, wanted)
  const [known] = await db.select().from(grafanaOrganisations).where(eq(grafanaOrganisations.name, name))
  if (known) {
    const { scope, customerId, manufacturer } = known
    if (scope !== whose.scope || customerId !== whose.customerId || manufacturer !== whose.manufacturer) {
      throw new UserError(`${name} shows somebody else’s machines: choose another name, or remove it first.`)
    }
    return change(db, known.id, { fettleUrl })
  }
  const row = { id: uuidv7(), name, ...whose, role: newLogin(), fettleUrl, createdAt: new Date() }
  const [made] = await db.insert(grafanaOrganisations).values(row).returning()
  return made ?? noRow()
}

/** Throws a UserError when there is none of that name. */
export async function findOrganisation(db: Db, name: string): Promise<Organisation> {
  const [found] = await db.select().from(grafanaOrganisations).where(eq(grafanaOrganisations.name, name))
  if (found && found.scope !== 'all') return found
  throw new UserError(`There is no organisation ${name}; \`fettle grafana org list\` shows those that there are.`)
}

export async function change(db: Db, id: string, values: OrganisationChange): Promise<Organisation> {
  const [row] = await db.update(grafanaOrganisations).set(values).where(eq(grafanaOrganisations.id, id)).returning()
  return row ?? noRow()
}

export async function forget(db: Db, id: string): Promise<void> {
  await db.delete(grafanaOrganisations).where(eq(grafanaOrganisations.id, id))
}

/** Those of customers and makers, by name, with the customer's key. */
export function listOrganisations(db: Db) {
  return db
    .select({ organisation: grafanaOrganisations, customer: customers.key })
    .from(grafanaOrganisations)
    .leftJoin(customers, eq(customers.id, grafanaOrganisations.customerId))
    .where(ne(grafanaOrganisations.scope, 'all'))
    .orderBy(asc(grafanaOrganisations.name))
}

async function scopeOf(db: Db, { customer, manufacturer }: Whose) {
  if ((customer === undefined) === (manufacturer === undefined)) {
    throw new UserError('Whose machines? Name either --customer KEY or --manufacturer NAME.')
  }
  if (customer !== undefined) {
    const [found] = await db.select({ id: customers.id }).from(customers).where(eq(customers.key, customer))
    if (!found) throw new UserError(`There is no customer ${customer}.`)
    return { scope: 'customer' as const, customerId: found.id, manufacturer: null }
  }
  const makers = await db.selectDistinct({ name: models.manufacturer }).from(models).orderBy(asc(models.manufacturer))
  const names = makers.map(({ name }) => name)
  if (manufacturer === undefined || !names.includes(manufacturer)) {
    throw new UserError(`No model is made by ${manufacturer}; makers are ${names.join(', ') || 'none yet'}.`)
  }
  return { scope: 'manufacturer' as const, customerId: null, manufacturer }
}

/** Names of logins can be read by every login, so they tell nothing of whom they are for. */
const newLogin = () => `fettle_org_${randomBytes(6).toString('hex')}`

function noRow(): never {
  throw new Error('the organisation is gone; somebody removes it at this moment')
}
