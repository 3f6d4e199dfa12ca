import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { RuleCondition, ThresholdDefinition } from '@fettle/contracts/rules'
import type { Text } from '@fettle/contracts/scalars'

/** What of a signal its alarms are told with. */
export interface NamedSignal {
  readonly signalName: Text
  readonly unit: string
  readonly decimals: number
}

export const levelNames: Readonly<Record<AlarmLevel, Text>> = {
  'low-low': { zh: '低低报', en: 'low-low' },
  low: { zh: '低报', en: 'low' },
  high: { zh: '高报', en: 'high' },
  'high-high': { zh: '高高报', en: 'high-high' },
}

/** 排气温度 100.4 °C，高报（限值 100.0 °C），疑似风机故障. */
export function alarmText(
  { level, value, limit }: { level: AlarmLevel; value: number; limit: number },
  signal: NamedSignal,
  failureModeName: Text,
): Text {
  const name = levelNames[level]
  return {
    zh: `${signal.signalName.zh} ${valueText(value, signal)}，${name.zh}（限值 ${valueText(limit, signal)}），疑似${failureModeName.zh}`,
    en: `${signal.signalName.en} ${valueText(value, signal)}, ${name.en} alarm (limit ${valueText(limit, signal)}), likely ${withinSentence(failureModeName.en)}`,
  }
}

/** The same in few words: 排气温度高高报，疑似风机故障. */
export function alarmTitle({
  level,
  signalName,
  failureModeName,
}: {
  readonly level: AlarmLevel
  readonly signalName: Text
  readonly failureModeName: Text
}): Text {
  return {
    zh: `${signalName.zh}${levelNames[level].zh}，疑似${failureModeName.zh}`,
    en: `${signalName.en}: ${levelNames[level].en} alarm, likely ${withinSentence(failureModeName.en)}`,
  }
}

/** One change within an episode; a level of null is its end. */
export function changeText({ level, value }: { level: AlarmLevel | null; value: number }, signal: NamedSignal): Text {
  const reading = valueText(value, signal)
  if (level === null) {
    return {
      zh: `${signal.signalName.zh}恢复正常：${reading}`,
      en: `${signal.signalName.en} back to normal: ${reading}`,
    }
  }
  const name = levelNames[level]
  return {
    zh: `${signal.signalName.zh}转为${name.zh}：${reading}`,
    en: `${signal.signalName.en} now at ${name.en}: ${reading}`,
  }
}

/**
 * The rule that raised it, as a person would say it: each limit, how long it must hold, and when it looks away. `asked` is
 * the signal of the rule's condition; where it is not at hand, the condition is told with the signal's key.
 */
export function ruleText(
  definition: ThresholdDefinition,
  { signalName, unit, decimals }: NamedSignal,
  asked?: NamedSignal,
): Text {
  const { limits, onDelayMs, whileRunning, condition } = definition
  const side = (sign: string, nearer: number | null, farther: number | null) => {
    const present = [nearer, farther].filter((limit) => limit !== null)
    return present.length === 0 ? [] : [`${sign} ${present.map((limit) => numberText(limit, decimals)).join(' / ')}`]
  }
  const sides = [...side('≥', limits.h, limits.hh), ...side('≤', limits.l, limits.ll)]
  const unitShown = unit === '' ? '' : ` ${unit}`
  const held = onDelayMs > 0
  const only = condition && conditionText(condition, asked)
  return {
    zh: `${signalName.zh} ${sides.join(' 或 ')}${unitShown}${held ? `，持续 ${durationZh(onDelayMs)}` : ''}${whileRunning ? '，仅在运行时' : ''}${only ? `，${only.zh}` : ''}`,
    en: `${signalName.en} ${sides.join(' or ')}${unitShown}${held ? ` for ${durationEn(onDelayMs)}` : ''}${whileRunning ? ', while running' : ''}${only ? `, ${only.en}` : ''}`,
  }
}

/** 仅当主轴转速 5900–6100 r/min, only at load ≥ 60 %. Without `asked`, its signal, that is called by its key. */
export function conditionText({ signalKey, atLeast, atMost }: RuleCondition, asked?: NamedSignal): Text {
  const { signalName, unit } = asked ?? { signalName: { zh: signalKey, en: signalKey }, unit: '' }
  const bounds = [atLeast, atMost].filter((bound) => bound !== undefined).map(boundText)
  const sign = bounds.length > 1 ? '' : atLeast === undefined ? '≤ ' : '≥ '
  const range = `${sign}${bounds.join('–')}${unit === '' ? '' : ` ${unit}`}`
  return { zh: `仅当${signalName.zh} ${range}`, en: `only at ${withinSentence(signalName.en)} ${range}` }
}

/** A value with its unit: `100.4 °C`, `−30.0 kPa`. */
export function valueText(value: number, { unit, decimals }: Pick<NamedSignal, 'unit' | 'decimals'>): string {
  return `${numberText(value, decimals)}${unit === '' ? '' : ` ${unit}`}`
}

/** With a real minus, as the screens write it, and never minus zero. */
function numberText(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

/** A bound is where somebody set it, which may lie between what the signal's decimals can show. */
function boundText(bound: number): string {
  return String(bound).replace('-', '−')
}

/** A name in the middle of an English sentence; abbreviations keep their capitals. */
export function withinSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

function durationZh(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} 分钟` : `${ms / 1_000} 秒`
}

function durationEn(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`
}
