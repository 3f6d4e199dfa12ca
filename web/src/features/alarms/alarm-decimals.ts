import type { Alarm } from '@fettle/contracts/alarms'

/** An alarm does not carry the decimals of its signal: as many as its limit has, and one more to see the excess. */
export function alarmDecimals({ limit }: Pick<Alarm, 'limit'>): number {
  const [, fraction = ''] = String(limit).split('.')
  return Math.min(4, fraction.length + 1)
}
