import type { Text } from '@fettle/contracts/scalars'
import { withinSentence } from '../alarms/texts.ts'
import type { Observed } from './observe.ts'

type Named = Pick<Observed, 'name' | 'unit'>

export const ruleText: Text = { zh: '报警规则指向此故障', en: 'The rule names this failure' }

export function shareText(prior: number): Text {
  const percent = Math.round(prior * 100)
  return { zh: `占本机型故障的 ${percent}%`, en: `${percent}% of this model’s failures` }
}

const verdicts = {
  fits: { zh: '方向与速度相符', en: 'direction and speed fit' },
  faster: { zh: '比此故障通常快', en: 'faster than this failure usually is' },
  slower: { zh: '比此故障通常慢', en: 'slower than this failure usually is' },
} as const satisfies Record<string, Text>

/** 排气温度每分钟 +5.6 °C，方向与速度相符. */
export function moveText({ name, unit }: Named, perHour: number, verdict: keyof typeof verdicts): Text {
  const { zh, en } = verdicts[verdict]
  const speed = speedText(perHour, unit)
  return { zh: `${name.zh}${speed.zh}，${zh}`, en: `${name.en} ${speed.en}: ${en}` }
}

export function beyondText({ name }: Named): Text {
  return { zh: `${name.zh}平稳越限，与缓慢劣化相符`, en: `${name.en} stands beyond its limit, as slow wear shows` }
}

export function againstText({ name }: Named): Text {
  return { zh: `${name.zh}没有应有的变化`, en: `${name.en} lacks the change that it should show` }
}

export function unexplainedText({ name }: Named): Text {
  return { zh: `不能解释${name.zh}报警`, en: `Does not explain the alarm of ${withinSentence(name.en)}` }
}

/** Two digits, in the span of time that keeps the number readable. */
function speedText(perHour: number, unit: string): Text {
  const size = Math.abs(perHour)
  const [value, zh, en] =
    size >= 30
      ? [perHour / 60, '每分钟', 'a minute']
      : size >= 0.1
        ? [perHour, '每小时', 'an hour']
        : [perHour * 168, '每周', 'a week']
  const change = `${value > 0 ? '+' : '−'}${Number(Math.abs(value).toPrecision(2))}${unit === '' ? '' : ` ${unit}`}`
  return { zh: `${zh} ${change}`, en: `${change} ${en}` }
}
