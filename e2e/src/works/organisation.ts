import { hashPassword } from '@fettle/api/sessions/sessions'
import type { Role } from '@fettle/contracts/roles'
import type { Tx } from '@fettle/db/client'
import { users } from '@fettle/db/schema/identity'
import { labourRates, serviceItems, taxRates } from '@fettle/db/schema/money'
import { customers, engineers, engineerSkills, regions, sites } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'

export const text = (both: string) => ({ zh: both, en: both })

/** Cost without tax and price with tax, in cents, of what the works' repairs need besides parts. */
export const prices = {
  hour: { costCents: 13_000, priceCents: 30_000 },
  km: { costCents: 110, priceCents: 250 },
} as const

/** The accounts, named as their roles. */
export const accountRoles = ['admin', 'desk', 'dispatcher', 'engineer', 'manager'] as const satisfies readonly Role[]
export type Account = (typeof accountRoles)[number]

/** A customer out of warranty, so that everything is charged, and one engineer who may do all of it. */
export async function insertOrganisation(tx: Tx, password: string) {
  const [customerId, siteId, engineerId] = [uuidv7(), uuidv7(), uuidv7()]
  await tx.insert(regions).values({ code: '371581', name: text('临清'), letters: 'LQ', ownerBranchId: null })
  await tx.insert(customers).values({
    id: customerId,
    key: 'dingzhou',
    name: '鼎轴轴承',
    city: '临清',
    tier: 'none',
    terms: '月结 30 天',
    branchId: null,
  })
  const place = { regionCode: '371581', latitude: 36.84, longitude: 115.71 }
  await tx.insert(sites).values({
    id: siteId,
    customerId,
    name: '一厂',
    address: '工业路 1 号',
    ...place,
    gate: '东门登记',
    stopWindow: null,
    safetyTraining: false,
    contactName: '赵工',
    contactPhone: '13800136021',
  })
  await tx.insert(engineers).values({
    id: engineerId,
    key: 'wang',
    name: '王振国',
    level: 3,
    baseName: '临清',
    branchId: null,
    ...place,
    workdays: [1, 2, 3, 4, 5, 6, 7],
    dayStart: '00:00',
    dayEnd: '23:59',
  })
  await tx.insert(engineerSkills).values({ engineerId, family: 'AC', level: 5 })
  await tx.insert(labourRates).values({ level: 3, ...prices.hour })
  await tx.insert(serviceItems).values({
    key: 'travel-km',
    name: text('里程'),
    unit: 'km',
    taxKey: 'vat-general',
    ...prices.km,
  })
  await tx.insert(taxRates).values({ key: 'vat-general', validFrom: '2019-04-01', rate: '0.13' })
  const passwordHash = await hashPassword(password)
  await tx.insert(users).values(
    accountRoles.map((role) => ({
      id: uuidv7(),
      username: role,
      name: role,
      role,
      passwordHash,
      engineerId: role === 'engineer' ? engineerId : null,
    })),
  )
  return { customerId, siteId, engineerId }
}
