import type { ServiceContract } from '@fettle/contracts/customers'

export type ContractStanding = 'in-force' | 'ended' | 'future'

/** Whether a contract holds on a calendar day (`2026-11-22`). Its last day counts. */
export function contractStanding({ startsOn, endsOn }: Pick<ServiceContract, 'startsOn' | 'endsOn'>, day: string) {
  const standing: ContractStanding = day < startsOn ? 'future' : day > endsOn ? 'ended' : 'in-force'
  return standing
}

/** The calendar day in China, where contracts count their days. */
export function chinaDay(epochMs: number): string {
  return new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 10)
}
