import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { AssetState, Health, SignalWithLatest } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'
import { QUALITY } from '@fettle/contracts/uplink'
import { alarmTitle, valueText } from '../alarms/texts.ts'

export interface HealthSigns {
  readonly state: AssetState
  readonly signals: readonly Pick<SignalWithLatest, 'name' | 'unit' | 'decimals' | 'limits' | 'normal' | 'latest'>[]
  readonly activeAlarms: readonly {
    readonly level: AlarmLevel
    readonly signalName: Text
    readonly failureModeName: Text
  }[]
  readonly nowMs: number
  /** Readings older than this say nothing about now. */
  readonly freshMs: number
}

/** An alarm of the outer limits halves the score and more; the inner ones take a third. */
const alarmCost: Readonly<Record<AlarmLevel, number>> = { 'high-high': 55, 'low-low': 55, high: 30, low: 30 }
/** What a signal costs that stands at its limit without an alarm yet; between normal and limit in proportion. */
const marginCost = 25
const worthSaying = 0.5
/** A score from here on is as good as full: it needs no explanation. */
const fullScore = 98

/**
 * How well a machine is, with the reasons in words. From 100: the worst active alarm, then how far the signals have gone
 * from their normal range towards their limits (the worst whole, the others a quarter). Only what was measured counts: without fresh
 * readings there is no score, and a machine standing still is judged by its alarms alone. One that idles has no flow and no
 * load: only its upper limits count. A score that lacks points always names a signal or an alarm that took them.
 */
export function healthOf(signs: HealthSigns): Health {
  const { state, activeAlarms } = signs
  const alarms = [...activeAlarms].sort((a, b) => alarmCost[b.level] - alarmCost[a.level])
  const alarmReasons = alarms.map(alarmTitle)
  const worstAlarm = alarms[0]
  const alarmLevel = worstAlarm && (isOuter(worstAlarm.level) ? 'critical' : 'warning')
  if (state === 'tripped') {
    return {
      level: 'critical',
      score: 0,
      reasons: [{ zh: '设备已跳机', en: 'The machine has tripped' }, ...alarmReasons],
    }
  }
  if (state !== 'running' && state !== 'idle') {
    return { level: alarmLevel ?? restLevel(state), score: null, reasons: [...alarmReasons, ...restReasons(state)] }
  }

  const uses = signs.signals.flatMap((signal) => marginUse(signal, signs))
  if (uses.length === 0) {
    const reason = { zh: '没有新鲜的测点数据', en: 'No fresh readings' }
    return { level: alarmLevel ?? 'unknown', score: null, reasons: [...alarmReasons, reason] }
  }
  const ranked = uses.sort((a, b) => b.share - a.share)
  const margins = ranked.reduce((sum, { share }, index) => sum + share * marginCost * (index === 0 ? 1 : 0.25), 0)
  const spent = worstAlarm ? alarmCost[worstAlarm.level] + 5 * (alarms.length - 1) : 0
  const score = Math.max(0, Math.round(100 - spent - margins))
  const near = ranked.filter(({ share }) => share >= worthSaying).map(({ text }) => text)
  const reasons = [...alarmReasons, ...near]
  return {
    level: alarmLevel ?? (near.length > 0 ? 'warning' : 'ok'),
    score,
    reasons: reasons.length > 0 ? reasons : [score < fullScore && ranked[0] ? ranked[0].text : allNormal],
  }
}

const allNormal: Text = { zh: '各测点均在正常范围', en: 'All signals are well within limits' }

interface MarginUse {
  /** 0 in the normal range, 1 at the limit or beyond. */
  readonly share: number
  readonly text: Text
}

/** How much of the way from normal to the inner limit a signal has gone; nothing where it has no limit or fresh value. */
function marginUse(signal: HealthSigns['signals'][number], { state, nowMs, freshMs }: HealthSigns): MarginUse[] {
  const { latest, limits, normal } = signal
  if (!latest || latest.value === null || latest.quality === QUALITY.bad || nowMs - latest.at > freshMs) return []
  const { value } = latest
  const high = limits.h ?? limits.hh
  const low = state === 'idle' ? null : (limits.l ?? limits.ll)
  if (high === null && low === null) return []
  const upper = high === null ? 0 : shareOf(value, normal?.[1], high, low)
  const lower = low === null ? 0 : shareOf(-value, normal && -normal[0], -low, high === null ? null : -high)
  const share = Math.max(upper, lower)
  const isHigh = upper >= lower
  const limit = isHigh ? high : low
  const text = share >= worthSaying || normal === null ? nearText : offText
  return [{ share, text: text(signal, value, limit, isHigh) }]
}

/** Share of the way from `normal` up to `limit`; without a normal range the upper fifth between both limits counts. */
function shareOf(value: number, normal: number | null | undefined, limit: number, opposite: number | null): number {
  const start = normal ?? (opposite === null ? limit * 0.8 : limit - (limit - opposite) * 0.2)
  if (value >= limit) return 1
  if (limit <= start) return 0
  return Math.max(0, (value - start) / (limit - start))
}

function nearText(signal: HealthSigns['signals'][number], value: number, limit: number | null, isHigh: boolean): Text {
  const { name } = signal
  const [reading, bound] = [valueText(value, signal), valueText(limit ?? value, signal)]
  const isOver = isHigh ? value >= (limit ?? Infinity) : value <= (limit ?? -Infinity)
  if (isOver) {
    return {
      zh: `${name.zh} ${reading}，已${isHigh ? '超过高限' : '低于低限'} ${bound}`,
      en: `${name.en} ${reading} is ${isHigh ? 'above the high' : 'below the low'} limit of ${bound}`,
    }
  }
  return {
    zh: `${name.zh} ${reading}，接近${isHigh ? '高限' : '低限'} ${bound}`,
    en: `${name.en} ${reading} is near the ${isHigh ? 'high' : 'low'} limit of ${bound}`,
  }
}

/** Out of its normal range, and farther from the limit than `nearText` tells of. */
function offText(signal: HealthSigns['signals'][number], value: number, limit: number | null, isHigh: boolean): Text {
  const { name } = signal
  const [reading, bound] = [valueText(value, signal), valueText(limit ?? value, signal)]
  return {
    zh: `${name.zh} ${reading}，${isHigh ? '高于' : '低于'}正常范围，${isHigh ? '高限' : '低限'} ${bound}`,
    en: `${name.en} ${reading} is ${isHigh ? 'above' : 'below'} its normal range; the ${isHigh ? 'high' : 'low'} limit is ${bound}`,
  }
}

function isOuter(level: AlarmLevel): boolean {
  return level === 'high-high' || level === 'low-low'
}

/** Standing still on purpose is fine; silence is not known to be. */
function restLevel(state: AssetState): Health['level'] {
  return state === 'stopped' || state === 'maintenance' ? 'ok' : 'unknown'
}

function restReasons(state: AssetState): Text[] {
  switch (state) {
    case 'stopped':
      return [{ zh: '停机中，运行测点不评估', en: 'Stopped; running signals are not judged' }]
    case 'maintenance':
      return [{ zh: '保养中，报警已抑制', en: 'In maintenance; alarms are suppressed' }]
    case 'offline':
      return [{ zh: '设备离线，当前状况未知', en: 'Offline; its present condition is not known' }]
    default:
      return [{ zh: '没有新鲜的测点数据', en: 'No fresh readings' }]
  }
}
