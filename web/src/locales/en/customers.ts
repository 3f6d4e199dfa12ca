import type { Shape } from '../../i18n/locale-shape.ts'
import type { customers as zh } from '../zh/customers.ts'

export const customers: Shape<typeof zh> = {
  label: 'Customers',
  search: 'Search customer or city',
  tier: { platinum: 'Platinum', gold: 'Gold', silver: 'Silver', none: 'No tier' },
  column: {
    name: 'Customer',
    tier: 'Service tier',
    cover: 'Contract',
    assets: 'Assets',
    tickets: 'Open tickets',
    terms: 'Payment terms',
  },
  until: '{{coverage}}, until {{day}}',
  ended: 'Contract has ended',
  noContract: 'No contract',
  none: 'No customer matches',
  noneHint: 'Try another word.',
  sites: {
    title: 'Sites',
    gate: 'Gate',
    stopWindow: 'Shutdown allowed',
    anyTime: 'Any time',
    contact: 'Contact',
    training: 'Safety training is required before entering',
  },
  contracts: {
    title: 'Service contracts',
    none: 'No service contract; each job is charged.',
    span: '{{from}} to {{to}}',
    fee: '{{fee}} a year',
    wearParts: 'wear parts are charged',
    ended: 'ended',
    future: 'not yet in force',
  },
  assets: { title: 'Assets', all: 'All assets', none: 'No assets on file.' },
  tickets: { title: 'Open tickets', all: 'All tickets', none: 'No open tickets.' },
  terms: 'Payment: {{terms}}',
}
