import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { QUALITY } from '@fettle/contracts/uplink'
import { describe, expect, it } from 'vitest'
import { ATTENTION, compileThreshold } from './threshold.ts'
import { beginThreshold } from './threshold-state.ts'

const rule: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'temperature',
  limits: { hh: 90, h: 80, l: 20, ll: 10 },
  band: 5,
  onDelayMs: 10_000,
  offDelayMs: 20_000,
  latenessMs: 30_000,
  whileRunning: true,
  startupMs: 0,
}

const qualities: Record<string, 0 | 1 | 2> = { u: QUALITY.uncertain, b: QUALITY.bad }
const attentions: Record<string, 0 | 1 | 2> = { s: ATTENTION.suppressed, c: ATTENTION.clearing }

/**
 * Readings are written as `seconds:value`, with a letter behind for u(ncertain) or b(ad) quality, s(uppressed) or c(learing)
 * attention. Findings read like `10s raised high`.
 */
function run(readings: string, change: Partial<ThresholdDefinition> = {}): string {
  const step = compileThreshold({ ...rule, ...change })
  const state = beginThreshold()
  const findings = readings.split(' ').flatMap((text) => {
    const [, seconds, value, letter = ''] = /^(\d+):(-?[\d.]+|NaN|Infinity)([a-z]?)$/.exec(text)!
    const quality = qualities[letter] ?? QUALITY.good
    const finding = step(state, Number(seconds) * 1000, Number(value), quality, attentions[letter] ?? ATTENTION.full)
    if (!finding) return []
    return [`${finding.at / 1000}s ${finding.kind}${finding.kind === 'cleared' ? '' : ` ${finding.level}`}`]
  })
  return findings.join(', ')
}

describe('raising', () => {
  it.each([
    ['a spike shorter than the hold is ignored', '0:85 9:85 10:79 11:85 20:85', ''],
    ['the hold is proven by the first reading at its end', '0:85 9:85 10:85 11:85', '10s raised high'],
    ['the limit itself is over', '0:80 10:80', '10s raised high'],
    ['a low limit works downwards', '0:20 10:15', '10s raised low'],
    ['a hold far out counts for the nearer level too', '0:95 10:85', '10s raised high'],
    ['the farthest level that was held is the one raised', '0:95 10:95', '10s raised high-high'],
    ['each level has its own hold', '0:85 6:95 10:95 15:95 16:95', '10s raised high, 16s changed high-high'],
    ['a dip restarts only the farther hold', '0:95 8:85 9:95 10:95 19:95', '10s raised high, 19s changed high-high'],
    ['jumping to the other side restarts the hold', '0:85 6:15 10:15 16:15', '16s raised low'],
    ['bad readings neither prove nor disturb', '0:85 4:0b 5:NaN 6:Infinity 10:95b 11:85', '11s raised high'],
    ['uncertain readings count', '0:85u 10:85u', '10s raised high'],
    ['a time that does not rise is ignored', '0:85 5:85 5:50 3:50 10:85', '10s raised high'],
  ])('%s', (_, readings, expected) => expect(run(readings)).toBe(expected))

  it('raises at the first reading without a delay', () => {
    const findings = '0s raised high, 1s changed high-high, 2s changed low'
    expect(run('0:85 1:95 2:15', { onDelayMs: 0 })).toBe(findings)
  })

  it('has only a second limit where the first is missing', () => {
    const limits = { hh: 90, h: null, l: null, ll: null }
    expect(run('0:89 10:89 11:91 21:91 22:84 42:84', { limits })).toBe('21s raised high-high, 42s cleared')
  })
})

describe('clearing', () => {
  const high = '0:85 10:85'
  const severe = '0:95 10:95'

  it.each([
    ['does not flap inside the band', `${high} 20:76 30:80 40:75 60:75`, '10s raised high'],
    ['clears after the off-delay beyond the band', `${high} 20:74 39:74 40:74`, '10s raised high, 40s cleared'],
    ['a return into the band restarts it', `${high} 20:74 39:75 40:74 60:74`, '10s raised high, 60s cleared'],
    [
      'falls by one level first',
      `${severe} 20:84 40:84 50:74 70:74`,
      '10s raised high-high, 40s changed high, 70s cleared',
    ],
    [
      'the nearer off-delay runs on',
      `${severe} 20:84 30:74 40:74 50:74`,
      '10s raised high-high, 40s changed high, 50s cleared',
    ],
    ['clears at once when it was inside all along', `${severe} 20:50 40:50`, '10s raised high-high, 40s cleared'],
    [
      'goes up again after a fall',
      `${severe} 20:84 40:84 41:91 51:91`,
      '10s raised high-high, 40s changed high, 51s changed high-high',
    ],
    ['the other side takes the episode over', `${high} 11:15 21:15`, '10s raised high, 21s changed low'],
    ['a bad reading does not clear', `${high} 20:50b 40:50b 60:50b`, '10s raised high'],
    ['a new episode may follow', `${high} 20:50 40:50 41:85 51:85`, '10s raised high, 40s cleared, 51s raised high'],
  ])('%s', (_, readings, expected) => expect(run(readings)).toBe(expected))
})

describe('gaps', () => {
  it.each([
    ['a value before and one after do not prove the hold', '0:85 61:85 70:85 71:85', '71s raised high'],
    ['a minute is no gap', '0:85 60:85', '60s raised high'],
    ['a gap does not clear', '0:85 10:85 11:50 100:50 119:50 120:50', '10s raised high, 120s cleared'],
    ['a signal that is always slow still raises', '0:50 120:50 240:85 360:85', '360s raised high'],
    ['a signal that became slow raises at its new pace', '0:50 1:50 2:85 122:85 242:85', '242s raised high'],
  ])('%s', (_, readings, expected) => expect(run(readings)).toBe(expected))

  it('a long hold allows for longer pauses', () => {
    expect(run('0:85 290:85 300:85', { onDelayMs: 300_000 })).toBe('300s raised high')
  })
})

describe('attention', () => {
  it.each([
    ['a machine that does not run raises nothing', '0:5s 10:5s 60:5s', ''],
    ['a hold does not span a stop', '0:85 5:85s 9:85 18:85 19:85', '19s raised high'],
    ['a trip neither ends, lowers nor turns an episode', '0:95 10:95 11:70s 50:5s 99:50s', '10s raised high-high'],
    ['it ends when the machine runs again', '0:95 10:95 11:70s 60:50 80:50', '10s raised high-high, 80s cleared'],
    ['maintenance raises nothing', '0:85c 10:95c 20:95c', ''],
    ['maintenance can end an episode', '0:85 10:85 20:50c 40:50c', '10s raised high, 40s cleared'],
    ['a hold begins anew after maintenance', '0:85c 10:85 19:85 20:85', '20s raised high'],
  ])('%s', (_, readings, expected) => expect(run(readings)).toBe(expected))
})

it('keeps the worst of the episode', () => {
  const step = compileThreshold({ ...rule, onDelayMs: 0 })
  const state = beginThreshold()
  const peaks = [82, 86, 84, 93, 91, 19, 9].map((value, index) => {
    step(state, index * 1000, value, QUALITY.good, ATTENTION.full)
    return `${state.peak}: ${state.peakValue}`
  })
  expect(peaks).toEqual(['1: 82', '1: 86', '1: 86', '2: 93', '2: 93', '2: 93', '2: 93'])
})

it.each([
  ['no limit', { limits: { hh: null, h: null, l: null, ll: null } }, /no limit/],
  ['limits that do not rise', { limits: { hh: 80, h: 90, l: null, ll: null } }, /rise.*90, 80/],
  ['equal limits', { limits: { hh: 80, h: 80, l: null, ll: null } }, /rise/],
  ['a limit that is not finite', { limits: { hh: Infinity, h: 80, l: null, ll: null } }, /finite/],
  ['a negative band', { band: -1 }, /band/],
  ['a band that leaves no room', { band: 60 }, /nothing between 20 and 80/],
  ['a negative delay', { onDelayMs: -1 }, /delay/],
  ['a condition without a bound', { condition: { signalKey: 'load' } }, /load has no bound/],
  ['a bound that is not finite', { condition: { signalKey: 'load', atLeast: NaN } }, /load is not a finite/],
  ['a condition that never holds', { condition: { signalKey: 'load', atLeast: 61, atMost: 60 } }, /never hold.*61.*60/],
  ['a condition on the watched signal', { condition: { signalKey: 'temperature', atLeast: 1 } }, /another signal/],
])('refuses %s', (_, change, message) => {
  expect(() => compileThreshold({ ...rule, ...change })).toThrow(message)
})
