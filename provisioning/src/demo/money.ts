import type { Text } from '@fettle/contracts/scalars'

/** Rates are dated: the one in force on the day of a line counts. */
export interface DemoTaxRate {
  readonly key: 'vat-general' | 'vat-transport' | 'vat-service'
  readonly validFrom: string
  readonly rate: string
}

/** VAT as the State Taxation Administration set it: goods and repair labour, carriage, technical services. */
export const taxRates: readonly DemoTaxRate[] = [
  { key: 'vat-general', validFrom: '2018-05-01', rate: '0.16' },
  { key: 'vat-general', validFrom: '2019-04-01', rate: '0.13' },
  { key: 'vat-transport', validFrom: '2018-05-01', rate: '0.1' },
  { key: 'vat-transport', validFrom: '2019-04-01', rate: '0.09' },
  { key: 'vat-service', validFrom: '2016-05-01', rate: '0.06' },
]

/** What an hour of an engineer of this level costs us, and what it is charged at with tax. */
export interface DemoLabourRate {
  readonly level: number
  readonly costCents: number
  readonly priceCents: number
}

export const labourRates: readonly DemoLabourRate[] = [
  { level: 2, costCents: 95_00, priceCents: 220_00 },
  { level: 3, costCents: 130_00, priceCents: 300_00 },
  { level: 4, costCents: 170_00, priceCents: 420_00 },
]

/** 收费标准: cost without tax, price with tax. */
export interface DemoServiceItem {
  readonly key: string
  readonly name: Text
  readonly unit: string
  readonly costCents: number
  readonly priceCents: number
  readonly taxKey: DemoTaxRate['key']
}

export const serviceItems: readonly DemoServiceItem[] = [
  {
    key: 'travel-km',
    name: { zh: '交通费', en: 'Travel' },
    unit: 'km',
    costCents: 1_10,
    priceCents: 2_50,
    taxKey: 'vat-general',
  },
  {
    key: 'old-part-freight',
    name: { zh: '旧件返厂运费', en: 'Return freight of an old part' },
    unit: 'consignment',
    costCents: 25_00,
    priceCents: 0,
    taxKey: 'vat-transport',
  },
]
