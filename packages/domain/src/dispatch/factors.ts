import type { Suggestion } from '@fettle/contracts/engineers'
import type { Text } from '@fettle/contracts/scalars'
import { compareDecimals } from '../costs/decimal.ts'
import { durationText } from '../duration-text.ts'
import { localDay, type WorkCalendar } from '../sla/work-calendar.ts'
import type { Availability } from './availability.ts'
import type { Candidate, DispatchJob } from './job.ts'

export type Factor = Suggestion['factors'][number]

/** The most that each factor can bring; together 100. */
const most = {
  skill: 25,
  level: 5,
  certificate: 5,
  distance: 15,
  region: 5,
  sla: 20,
  parts: 15,
  load: 5,
  calendar: 5,
} as const
type Kind = keyof typeof most | 'branch'

/** Beyond this nobody is sent by van; the straight line is what cannot be argued with. */
const vanReachKm = 500
/** Where nearness no longer counts for anything. */
const farKm = 300
const expiresSoonDays = 30

export function skillFactor({ family, skillLevel }: DispatchJob, { skills }: Candidate): Factor {
  const level = skills.find((skill) => skill.family === family)?.level ?? 0
  if (level === 0) {
    return blocks(
      'skill',
      `没有 ${family} 技能，需要 ${skillLevel} 级`,
      `No ${family} skill; level ${skillLevel} is needed`,
    )
  }
  if (level < skillLevel) {
    return blocks(
      'skill',
      `${family} 为 ${level} 级，需要 ${skillLevel} 级`,
      `${family} level ${level}; ${skillLevel} is needed`,
    )
  }
  const share = 0.6 + 0.2 * Math.min(2, level - skillLevel)
  const text = {
    zh: `${family} ${level} 级，需要 ${skillLevel} 级`,
    en: `${family} level ${level} of ${skillLevel} needed`,
  }
  return scored('skill', share, text, level > skillLevel ? 'good' : 'fair')
}

export function levelFactor({ level }: Candidate): Factor {
  const text = { zh: `综合等级 L${level}`, en: `Overall level L${level}` }
  return scored('level', level / 5, text, level >= 4 ? 'good' : 'fair')
}

/** One factor for each certificate that is missing or expired, else one for all of them; none where none is needed. */
export function certificateFactors(
  { certificates }: DispatchJob,
  candidate: Candidate,
  nameOf: (key: string) => Text,
  now: Date,
  calendar: WorkCalendar,
): Factor[] {
  if (certificates.length === 0) return []
  const today = localDay(calendar, now)
  const held = certificates.map((key) => ({
    name: nameOf(key),
    held: candidate.certificates.find((c) => c.key === key),
  }))
  const faults = held.flatMap(({ name, held: certificate }) => {
    if (!certificate) return [blocks('certificate', `没有${name.zh}`, `No ${name.en}`)]
    const { expiresOn } = certificate
    if (expiresOn === null || expiresOn >= today) return []
    return [blocks('certificate', `${name.zh}已于 ${expiresOn} 过期`, `${name.en} expired on ${expiresOn}`)]
  })
  if (faults.length > 0) return faults
  const soon = localDay(calendar, new Date(now.getTime() + expiresSoonDays * 86_400_000))
  const names = { zh: held.map(({ name }) => name.zh).join('、'), en: held.map(({ name }) => name.en).join(', ') }
  const expiring = held.find(({ held: certificate }) => (certificate?.expiresOn ?? '9999') <= soon)
  if (expiring) {
    const day = expiring.held?.expiresOn ?? ''
    const text = { zh: `${names.zh}有效，${day} 到期`, en: `${names.en} valid, expires on ${day}` }
    return [scored('certificate', 0.5, text, 'fair')]
  }
  return [scored('certificate', 1, { zh: `${names.zh}有效`, en: `${names.en} valid` }, 'good')]
}

/** A branch's customers are its own, and its engineers go to nobody else. */
export function branchFactors({ branch }: DispatchJob, candidate: Candidate): Factor[] {
  if (branch?.id === candidate.branch?.id) return []
  if (branch) {
    return [blocks('branch', `该客户由${branch.name}服务`, `This customer is served by the branch ${branch.name}`)]
  }
  const own = candidate.branch?.name ?? ''
  return [blocks('branch', `${own}只服务本网点的客户`, `The branch ${own} serves its own customers only`)]
}

export function regionFactor({ regionCode }: DispatchJob, candidate: Candidate): Factor {
  const shared = (digits: number) => candidate.regionCode.slice(0, digits) === regionCode.slice(0, digits)
  if (shared(4)) return scored('region', 1, { zh: '本市', en: 'Same city' }, 'good')
  if (shared(2)) return scored('region', 0.6, { zh: '本省', en: 'Same province' }, 'good')
  return scored('region', 0, { zh: '跨省支援', en: 'From another province' }, 'fair')
}

export function distanceFactor(straightKm: number, roadKm: number, travelHours: number, isNearest: boolean): Factor {
  if (straightKm > vanReachKm) {
    const km = Math.round(straightKm)
    return blocks(
      'distance',
      `直线距离约 ${km} 公里，当日开车到不了`,
      `About ${km} km as the crow flies, too far to drive`,
    )
  }
  const km = Math.round(roadKm)
  const minutes = Math.round(travelHours * 60)
  const text = {
    zh: `距现场约 ${km} 公里，车程约 ${minutes} 分钟${isNearest ? '，最近' : ''}`,
    en: `About ${km} km, ${minutes} minutes by van${isNearest ? '; the nearest' : ''}`,
  }
  const share = Math.max(0, 1 - km / farKm)
  return scored('distance', share, text, share > 0.7 ? 'good' : share > 0.3 ? 'fair' : 'bad')
}

/** None where no arrival was promised. */
export function slaFactors({ arriveDueAt }: DispatchJob, arrival: Date): Factor[] {
  if (arriveDueAt === null) return []
  const spareMinutes = Math.round((arriveDueAt.getTime() - arrival.getTime()) / 60_000)
  if (spareMinutes < 0) {
    const late = durationText(spareMinutes * 60_000)
    return [scored('sla', 0, { zh: `预计晚到 ${late.zh}`, en: `Expected ${late.en} late` }, 'bad')]
  }
  const spare = durationText(spareMinutes * 60_000)
  const text = { zh: `时限内到达，余 ${spare.zh}`, en: `Arrives in time, ${spare.en} to spare` }
  return [spareMinutes < 30 ? scored('sla', 0.6, text, 'fair') : scored('sla', 1, text, 'good')]
}

/** Whether the likely failure's parts are on the van; none where it needs no parts. */
export function partsFactors({ parts }: DispatchJob, { carried }: Candidate): Factor[] {
  const needed = parts.filter(({ optional }) => !optional)
  if (needed.length === 0) return []
  const isThere = ({ partCode, quantity }: (typeof needed)[number]) =>
    compareDecimals(carried[partCode] ?? '0', quantity) >= 0
  const missing = needed.filter((part) => !isThere(part))
  if (missing.length === 0) {
    const names = partNames(needed)
    return [scored('parts', 1, { zh: `车上有 ${names.zh}`, en: `On the van: ${names.en}` }, 'good')]
  }
  const names = partNames(missing)
  const share = (needed.length - missing.length) / needed.length
  const text = { zh: `车上没有 ${names.zh}`, en: `Not on the van: ${names.en}` }
  return [scored('parts', share, text, share > 0 ? 'fair' : 'bad')]
}

export function loadFactor({ openTickets }: Candidate): Factor {
  const text = {
    zh: openTickets === 0 ? '手上没有未完工单' : `手上有 ${openTickets} 张未完工单`,
    en: openTickets === 0 ? 'No open ticket' : `${openTickets} open ticket${openTickets === 1 ? '' : 's'}`,
  }
  const share = Math.max(0, 1 - openTickets / 5)
  return scored('load', share, text, share > 0.7 ? 'good' : share > 0 ? 'fair' : 'bad')
}

export function calendarFactor(availability: Availability, calendar: WorkCalendar): Factor {
  switch (availability.kind) {
    case 'absent': {
      const { until, reason } = availability
      return blocks(
        'calendar',
        `${reason || '不在岗'}，至 ${until}`,
        `Away until ${until}${reason ? ` (${reason})` : ''}`,
      )
    }
    case 'on-duty':
      return scored('calendar', 1, { zh: '在岗，可出发', en: 'On duty, can leave' }, 'good')
    case 'on-call':
      return scored(
        'calendar',
        0.6,
        { zh: '非工作时间，7×24 待命出勤', en: 'Off hours; called out for 24/7 cover' },
        'fair',
      )
    case 'later': {
      const day = localDay(calendar, availability.departure)
      return scored('calendar', 0.3, { zh: `${day} 上班后出发`, en: `Leaves when work begins on ${day}` }, 'fair')
    }
    default:
      return availability satisfies never
  }
}

function scored(factor: keyof typeof most, share: number, text: Text, verdict: Factor['verdict']): Factor {
  return { factor, verdict, text, points: Math.round(most[factor] * share * 10) / 10 }
}

function blocks(factor: Kind, zh: string, en: string): Factor {
  return { factor, verdict: 'blocks', text: { zh, en }, points: 0 }
}

function partNames(parts: DispatchJob['parts']): Text {
  return {
    zh: parts.map(({ partCode, partName }) => `${partCode} ${partName.zh}`).join('、'),
    en: parts.map(({ partCode, partName }) => `${partCode} ${partName.en}`).join(', '),
  }
}
