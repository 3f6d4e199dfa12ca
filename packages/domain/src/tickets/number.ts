import type { TicketType } from '@fettle/contracts/ticket-life-cycle'

/** 维修 预警 保养 巡检 安装调试 改造 投诉 by the first letters of their pinyin, as people say them on the phone. */
const typeLetters: Readonly<Record<TicketType, string>> = {
  repair: 'WX',
  predictive: 'YJ',
  maintenance: 'BY',
  inspection: 'XJ',
  installation: 'AZ',
  retrofit: 'GZ',
  complaint: 'TS',
}

/** What counts its own running numbers each day: type and region, such as `WX-LC`. */
export function ticketPrefix(type: TicketType, regionLetters: string): string {
  if (!/^[A-Z]{1,4}$/.test(regionLetters)) throw new RangeError(`region letters must be A–Z, got "${regionLetters}"`)
  return `${typeLetters[type]}-${regionLetters}`
}

/**
 * `WX-LC-261122-007`: type, region, local day and the running number of that day.
 * @param day local calendar day of opening, YYYY-MM-DD
 * @param running counts from 1; a fourth digit appears after 999
 */
export function ticketNumber(type: TicketType, regionLetters: string, day: string, running: number): string {
  const date = /^\d{2}(\d{2})-(\d{2})-(\d{2})$/.exec(day)
  if (!date) throw new RangeError(`a day must be YYYY-MM-DD, got "${day}"`)
  if (!Number.isInteger(running) || running < 1) throw new RangeError(`running numbers count from 1, got ${running}`)
  return `${ticketPrefix(type, regionLetters)}-${date.slice(1).join('')}-${String(running).padStart(3, '0')}`
}
