import { assets } from '@fettle/provisioning/demo/assets'
import type { DemoAsset } from '@fettle/provisioning/demo/asset'
import { accounts } from '@fettle/provisioning/demo/accounts'
import { customers, type DemoCustomer, type DemoSite } from '@fettle/provisioning/demo/customers'
import { models } from '@fettle/provisioning/demo/models'
import type { DemoCompany } from '@fettle/provisioning/demo/years/companies'

/** A machine with whom to call about it and what was promised there. */
export interface KnownMachine {
  readonly asset: DemoAsset
  readonly family: string
  readonly customer: DemoCustomer
  readonly site: DemoSite
  readonly nights: boolean
  readonly connected: boolean
  /** Null where the customer was there before. */
  readonly companyKey: string | null
  /** Of the customer's own account, where it has one. */
  readonly username: string | null
}

export function machinesOfCompanies(companies: readonly DemoCompany[]): KnownMachine[] {
  return companies.flatMap((company) =>
    company.machines.map((asset) => ({
      ...known(asset, company),
      nights: company.trade.nights ?? false,
      connected: false,
      companyKey: company.key,
      username: null,
    })),
  )
}

/** The eighteen machines that talk. */
export function connectedMachines(): KnownMachine[] {
  return assets.flatMap((asset) => {
    const customer = customers.find(({ key }) => key === asset.customerKey)
    if (!customer) return []
    const username = accounts.find(({ customerKey }) => customerKey === customer.key)?.username ?? null
    const nights = customer.tier === 'platinum'
    return [{ ...known(asset, customer), nights, connected: true, companyKey: null, username }]
  })
}

function known(asset: DemoAsset, customer: DemoCustomer) {
  const site = customer.sites.find(({ key }) => key === asset.siteKey)
  const model = models.find(({ key }) => key === asset.modelKey)
  if (!site || !model) throw new Error(`the demo data has no site or model for ${asset.key}`)
  return { asset, customer, site, family: model.family }
}
