import { expect, it } from 'vitest'
import { durationText } from './duration-text.ts'

it.each([
  [0, '不到 1 分钟', 'under 1 min'],
  [59_999, '不到 1 分钟', 'under 1 min'],
  [38 * 60_000, '38 分钟', '38 min'],
  [-38 * 60_000, '38 分钟', '38 min'],
  [120 * 60_000, '2 小时', '2 h'],
  [185 * 60_000, '3 小时 5 分钟', '3 h 5 min'],
  [(24 * 60 + 5) * 60_000, '1 天', '1 d'],
  [(51 * 60 + 59) * 60_000, '2 天 3 小时', '2 d 3 h'],
])('%i ms', (lengthMs, zh, en) => expect(durationText(lengthMs)).toEqual({ zh, en }))
