import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { AssetState, HealthLevel } from '@fettle/contracts/assets'
import type { Priority, TicketSource, TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { ValueMapping } from './dashboard.ts'

/** Grafana's own colours, which it adapts to the light and the dark theme. */
export const colours = {
  critical: 'dark-red',
  warning: 'dark-orange',
  watch: 'dark-yellow',
  ok: 'semi-dark-green',
  idle: 'light-green',
  calm: 'semi-dark-blue',
  maintenance: 'semi-dark-purple',
  gone: 'dark-blue',
  none: '#8e8e8e',
} as const
type Colour = (typeof colours)[keyof typeof colours]

/** What a code is called on the screen, in Chinese as in the web, and its colour. */
type Words<Code extends string> = Readonly<Record<Code, readonly [text: string, colour: Colour]>>

export const stateWords: Words<AssetState> = {
  running: ['运行', colours.ok],
  idle: ['待机', colours.idle],
  stopped: ['停机', colours.none],
  tripped: ['跳机', colours.critical],
  offline: ['离线', colours.gone],
  maintenance: ['保养中', colours.maintenance],
  unknown: ['未知', colours.none],
}

export const healthWords: Words<HealthLevel> = {
  critical: ['严重', colours.critical],
  warning: ['需关注', colours.warning],
  ok: ['健康', colours.ok],
  unknown: ['未知', colours.none],
}

export const levelWords: Words<AlarmLevel> = {
  'high-high': ['高高报', colours.critical],
  high: ['高报', colours.warning],
  low: ['低报', colours.warning],
  'low-low': ['低低报', colours.critical],
}

/** What the run-state signal of every model says. */
export const runStateWords: Words<'0' | '1' | '2' | '3'> = {
  '0': stateWords.stopped,
  '1': stateWords.idle,
  '2': stateWords.running,
  '3': stateWords.tripped,
}

export const priorityWords: Words<Priority> = {
  urgent: ['紧急', colours.critical],
  high: ['高', colours.warning],
  normal: ['普通', colours.calm],
  low: ['低', colours.none],
}

export const sourceWords: Words<TicketSource> = {
  alarm: ['设备自报', colours.warning],
  phone: ['电话', colours.calm],
  portal: ['客户门户', colours.calm],
  qr: ['扫码', colours.calm],
  email: ['邮件', colours.calm],
  preventive: ['保养计划', colours.ok],
  rework: ['返修', colours.watch],
}

export const ticketStateWords: Words<TicketState> = {
  received: ['待受理', colours.warning],
  remote: ['远程处理', colours.calm],
  quote: ['待报价确认', colours.watch],
  dispatch: ['待派单', colours.warning],
  assigned: ['已派单', colours.calm],
  accepted: ['已接单', colours.calm],
  scheduled: ['已预约', colours.calm],
  travelling: ['途中', colours.calm],
  repairing: ['维修中', colours.calm],
  confirmation: ['待客户确认', colours.watch],
  review: ['待复核', colours.watch],
  'follow-up': ['待回访', colours.watch],
  closed: ['已关闭', colours.ok],
  archived: ['已归档', colours.none],
  'on-hold': ['挂起', colours.maintenance],
  cancelled: ['已取消', colours.none],
  merged: ['已合并', colours.none],
}

/** Grafana shows the word in place of the code. */
export function mapping(words: Words<string>): ValueMapping {
  const entries = Object.entries(words).map(([code, [text, color]], index) => [code, { text, color, index }] as const)
  return { type: 'value', options: Object.fromEntries(entries) }
}

/** The same in SQL, where the word names a series: `case column when 'code' then 'word' … end`. */
export function wordOf(column: string, words: Words<string>): string {
  const branches = Object.entries(words).map(([code, [text]]) => `when '${code}' then '${text}'`)
  return `case ${column} ${branches.join(' ')} end`
}

/** One column for each code, called by its word: how many rows have it. */
export function countOfEach(column: string, words: Words<string>): string {
  return Object.entries(words)
    .map(([code, [text]]) => `count(*) filter (where ${column} = '${code}') as "${text}"`)
    .join(',\n  ')
}
