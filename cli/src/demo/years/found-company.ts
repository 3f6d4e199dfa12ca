import type { Tx } from '@fettle/db/client'
import { assets, models } from '@fettle/db/schema/assets'
import { installedParts } from '@fettle/db/schema/installed-parts'
import { branches, customers, regions, serviceContracts, sites } from '@fettle/db/schema/organisation'
import { uuidv7 } from '@fettle/platform/ids'
import type { DemoCompany } from '@fettle/provisioning/demo/years/companies'
import { eq } from 'drizzle-orm'
import { createTrail } from './trail.ts'

/** A customer with its site, contract and machines, none of which measures anything for us. */
export async function foundCompany(tx: Tx, company: DemoCompany, requestId: string, at: Date): Promise<void> {
  const { key, name, city, tier, terms, place } = company
  const branchId = company.branchKey === null ? null : await branchIdOf(tx, company.branchKey)
  const { ownerBranchKey: _, ...region } = place.region
  await tx
    .insert(regions)
    .values({ ...region, ownerBranchId: branchId })
    .onConflictDoNothing()
  const customerId = uuidv7()
  await tx.insert(customers).values({ id: customerId, key, name, city, tier, terms, branchId })
  if (company.contracts.length > 0) {
    await tx
      .insert(serviceContracts)
      .values(company.contracts.map((contract) => ({ ...contract, id: uuidv7(), customerId })))
  }
  const siteIds = new Map(company.sites.map((site) => [site.key, uuidv7()]))
  await tx.insert(sites).values(
    company.sites.map(({ key: siteKey, position, access, ...site }) => ({
      ...site,
      ...position,
      ...access,
      customerId,
      id: siteIds.get(siteKey) ?? uuidv7(),
    })),
  )
  await insertMachines(tx, company, customerId, siteIds)
  const trail = createTrail(requestId)
  const detail = { customer: name, machines: company.machines.length }
  trail.addSystem({ operation: 'seedDemo', entity: 'instance', entityId: null, detail, at })
  await trail.write(tx)
}

async function insertMachines(
  tx: Tx,
  { machines }: DemoCompany,
  customerId: string,
  siteIds: ReadonlyMap<string, string>,
): Promise<void> {
  const modelIds = new Map(
    (await tx.select({ key: models.key, id: models.id }).from(models)).map(({ key, id }) => [key, id]),
  )
  const rows = machines.map((machine) => {
    const { modelKey, siteKey, specification, key, serial, name, installedOn, warrantyUntil } = machine
    const [modelId, siteId] = [modelIds.get(modelKey), siteIds.get(siteKey)]
    if (modelId === undefined || siteId === undefined) throw new Error(`${key} has no model or site`)
    const plate = { key, serial, name, installedOn, warrantyUntil, specification: [...specification] }
    return { machine, row: { ...plate, id: uuidv7(), modelId, siteId, customerId } }
  })
  await tx.insert(assets).values(rows.map(({ row }) => row))
  const fitted = rows.flatMap(({ machine, row }) =>
    machine.installedParts.map(({ partCode, serial, installedOn }) => ({
      partCode,
      serial,
      assetId: row.id,
      id: uuidv7(),
      installedAt: new Date(`${installedOn}T10:00:00+08:00`),
    })),
  )
  if (fitted.length > 0) await tx.insert(installedParts).values(fitted)
}

async function branchIdOf(tx: Tx, branchKey: string): Promise<string> {
  const [branch] = await tx.select({ id: branches.id }).from(branches).where(eq(branches.key, branchKey))
  if (!branch) throw new Error(`this demonstration has no branch ${branchKey} any more`)
  return branch.id
}
