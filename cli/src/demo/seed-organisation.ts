import type { Actor } from '@fettle/api/policy/actor'
import type { Tx } from '@fettle/db/client'
import { users } from '@fettle/db/schema/identity'
import { labourRates, serviceItems, taxRates } from '@fettle/db/schema/money'
import {
  branches,
  customers,
  engineerCertificates,
  engineers,
  engineerSkills,
  regions,
  serviceContracts,
  sites,
} from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import { accounts } from '@fettle/provisioning/demo/accounts'
import { branches as demoBranches } from '@fettle/provisioning/demo/branches'
import { customers as demoCustomers, type DemoCustomer } from '@fettle/provisioning/demo/customers'
import { certificateNames, engineers as demoEngineers } from '@fettle/provisioning/demo/engineers'
import * as money from '@fettle/provisioning/demo/money'
import { regions as demoRegions } from '@fettle/provisioning/demo/regions'
import type { Ids } from './ids.ts'

/** Who serves whom, where, and at which price. */
export async function seedOrganisation(tx: Tx, ids: Ids): Promise<void> {
  await tx.insert(branches).values(demoBranches.map((branch) => ({ ...branch, id: ids.give('branch', branch.key) })))
  await tx.insert(regions).values(
    demoRegions.map(({ ownerBranchKey, ...region }) => ({
      ...region,
      ownerBranchId: ids.maybe('branch', ownerBranchKey),
    })),
  )
  await seedCustomers(tx, ids)
  await seedEngineers(tx, ids)
  await tx.insert(taxRates).values([...money.taxRates])
  await tx.insert(labourRates).values([...money.labourRates])
  await tx.insert(serviceItems).values([...money.serviceItems])
}

async function seedCustomers(tx: Tx, ids: Ids): Promise<void> {
  await tx.insert(customers).values(
    demoCustomers.map(({ key, name, city, tier, terms, branchKey }) => ({
      id: ids.give('customer', key),
      key,
      name,
      city,
      tier,
      terms,
      branchId: ids.maybe('branch', branchKey),
    })),
  )
  await tx.insert(sites).values(demoCustomers.flatMap((customer) => sitesOf(customer, ids)))
  await tx
    .insert(serviceContracts)
    .values(
      demoCustomers.flatMap(({ key, contracts }) =>
        contracts.map((contract) => ({ ...contract, id: uuidv7(), customerId: ids.of('customer', key) })),
      ),
    )
}

function sitesOf(customer: DemoCustomer, ids: Ids) {
  return customer.sites.map(({ key, position, access, ...site }) => ({
    ...site,
    ...position,
    ...access,
    id: ids.give('site', key),
    customerId: ids.of('customer', customer.key),
  }))
}

async function seedEngineers(tx: Tx, ids: Ids): Promise<void> {
  await tx.insert(engineers).values(
    demoEngineers.map(({ branchKey, base, workdays, skills: _, certificates: __, ...engineer }) => ({
      ...engineer,
      ...base,
      id: ids.give('engineer', engineer.key),
      branchId: ids.maybe('branch', branchKey),
      workdays: [...workdays],
    })),
  )
  await tx
    .insert(engineerSkills)
    .values(
      demoEngineers.flatMap(({ key, skills }) =>
        Object.entries(skills).map(([family, level]) => ({ engineerId: ids.of('engineer', key), family, level })),
      ),
    )
  await tx.insert(engineerCertificates).values(
    demoEngineers.flatMap(({ key, certificates }) =>
      certificates.map((certificate) => ({
        ...certificate,
        engineerId: ids.of('engineer', key),
        name: certificateNames[certificate.key],
      })),
    ),
  )
}

/** `hashes`: one of the same password for each account, each with a salt of its own. Returns who can act, by username. */
export async function seedUsers(tx: Tx, ids: Ids, hashes: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const actors = accounts.map(({ engineerKey, customerKey, branchKey, ...account }) => ({
    ...account,
    id: uuidv7(),
    engineerId: ids.maybe('engineer', engineerKey),
    customerId: ids.maybe('customer', customerKey),
    branchId: ids.maybe('branch', branchKey),
  }))
  await tx.insert(users).values(actors.map((actor, index) => ({ ...actor, passwordHash: hashes[index] ?? '' })))
  return new Map(actors.map((actor) => [actor.username, actor]))
}
