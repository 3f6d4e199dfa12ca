import type { Text } from '@fettle/contracts/scalars'

const units = [
  { minutes: 24 * 60, zh: '天', en: 'd' },
  { minutes: 60, zh: '小时', en: 'h' },
  { minutes: 1, zh: '分钟', en: 'min' },
] as const

/** A length of time in its two largest units, such as `3 h 5 min`; shorter parts are cut off. */
export function durationText(lengthMs: number): Text {
  const minutes = Math.floor(Math.abs(lengthMs) / 60_000)
  const first = units.findIndex((unit) => minutes >= unit.minutes)
  if (first < 0) return { zh: '不到 1 分钟', en: 'under 1 min' }
  const shown = units.slice(first, first + 2)
  let rest = minutes
  const parts = shown.flatMap(({ minutes: size, zh, en }, place) => {
    const count = Math.floor(rest / size)
    rest %= size
    return count > 0 || place === 0 ? { zh: `${count} ${zh}`, en: `${count} ${en}` } : []
  })
  return { zh: parts.map(({ zh }) => zh).join(' '), en: parts.map(({ en }) => en).join(' ') }
}
