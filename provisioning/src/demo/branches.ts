/** 网点: paid per standard hour of the failure mode and per kilometre beyond the free ones, without tax. */
export interface DemoBranch {
  readonly key: string
  readonly name: string
  readonly regionCode: string
  readonly hourCostCents: number
  readonly kmCostCents: number
  readonly freeKm: number
}

export const branches: readonly DemoBranch[] = [
  { key: 'dongguan', name: '东莞网点', regionCode: '441900', hourCostCents: 120_00, kmCostCents: 1_00, freeKm: 30 },
]
