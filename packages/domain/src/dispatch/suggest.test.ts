import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drivingHours, roadKm, straightKm } from './distance.ts'
import type { Candidate, DispatchJob } from './job.ts'
import { suggest } from './suggest.ts'

const electrician = {
  key: 'electrician',
  name: { zh: '低压电工证', en: 'low-voltage electrician' },
  expiresOn: '2028-06-30',
}
const linqing = { latitude: 36.6935, longitude: 115.612 }
const branch = { id: 'dongguan', name: '东莞网点' }

const someone: Candidate = {
  engineerId: 'someone',
  name: '某人',
  level: 3,
  base: { latitude: 36.4562, longitude: 115.9854 },
  regionCode: '371500',
  branch: null,
  skills: [{ family: 'AC', level: 3 }],
  certificates: [electrician],
  workdays: [1, 2, 3, 4, 5, 6],
  dayStart: '08:00',
  dayEnd: '18:00',
  absences: [],
  openTickets: 0,
  busyUntil: null,
  carried: {},
}
const engineer = (engineerId: string, name: string, level: number, change: Partial<Candidate>): Candidate => ({
  ...someone,
  engineerId,
  name,
  level,
  ...change,
})
const skills = (text: string) =>
  text.split(' ').map((skill) => ({ family: skill.slice(0, -1), level: Number(skill.slice(-1)) }))

/** The demonstration's team as it stands at minute 2:00. */
const team: readonly Candidate[] = [
  engineer('sun', '孙海峰', 2, {
    base: { latitude: 36.8423, longitude: 115.7057 },
    regionCode: '371581',
    skills: skills('VMC3 AC2'),
    certificates: [{ ...electrician, expiresOn: '2026-12-10' }],
  }),
  engineer('gu', '顾晓东', 3, {
    base: { latitude: 31.2989, longitude: 120.5853 },
    regionCode: '320500',
    skills: skills('CH3 AC4'),
    certificates: [
      { key: 'refrigeration', name: { zh: '制冷证', en: 'refrigeration licence' }, expiresOn: '2026-05-31' },
      electrician,
    ],
  }),
  engineer('li', '李建军', 3, {
    base: { latitude: 36.4413, longitude: 116.0089 },
    skills: skills('P4 AC3'),
    carried: { A2: '2', U1: '1' },
    openTickets: 1,
  }),
  engineer('huang', '黄俊杰', 3, {
    base: { latitude: 23.0207, longitude: 113.7518 },
    regionCode: '441900',
    branch,
    skills: skills('AC4 P2'),
  }),
  engineer('wang', '王振国', 4, { skills: skills('AC5 P4'), carried: { A5: '1.0000', A2: '2' }, openTickets: 1 }),
]

const now = new Date('2026-11-23T14:02:00+08:00')
const fanMotor = { partCode: 'A5', partName: { zh: '风机电机', en: 'Fan motor' }, quantity: '1', optional: false }
const job: DispatchJob = {
  position: linqing,
  regionCode: '371581',
  branch: null,
  tier: 'platinum',
  family: 'AC',
  skillLevel: 3,
  certificates: ['electrician'],
  parts: [fanMotor],
  arriveDueAt: new Date('2026-11-23T18:00:00+08:00'),
}
const factorOf = (suggestions: ReturnType<typeof suggest>, name: string, factor: string) =>
  suggestions.find((each) => each.name === name)?.factors.find((each) => each.factor === factor)
const only = (change: Partial<Candidate>, jobChange: Partial<DispatchJob> = {}, at = now) =>
  suggest({ ...job, ...jobChange }, [{ ...someone, ...change }], at)[0]!

describe('minute 2:00 of the demonstration', () => {
  const suggestions = suggest(job, team, now)

  it('sends 王振国, keeps 李建军 second and rejects the others', () => {
    expect(suggestions.map(({ name, eligible }) => [name, eligible])).toEqual([
      ['王振国', true],
      ['李建军', true],
      ['孙海峰', false],
      ['顾晓东', false],
      ['黄俊杰', false],
    ])
  })

  it('says why 王振国: 55 km, AC5, in time, the motor on his van', () => {
    const [wang] = suggestions
    expect(wang).toMatchObject({ distanceKm: 55, withinSla: true })
    expect(wang?.factors.map(({ text }) => text.zh)).toEqual([
      'AC 5 级，需要 3 级',
      '低压电工证有效',
      '距现场约 55 公里，车程约 53 分钟',
      '时限内到达，余 3 小时 5 分钟',
      '车上有 A5 风机电机',
      '本市',
      '手上有 1 张未完工单',
      '在岗，可出发',
      '综合等级 L4',
    ])
  })

  it('says what 李建军 lacks', () => {
    expect(factorOf(suggestions, '李建军', 'parts')).toMatchObject({
      verdict: 'bad',
      text: { zh: '车上没有 A5 风机电机' },
    })
    expect(suggestions[1]?.withinSla).toBe(true)
  })

  it('says why not: the nearest is not skilled enough, the skilled one is 750 km away', () => {
    expect(suggestions[2]?.factors.map(({ text }) => text.zh)).toEqual([
      'AC 为 2 级，需要 3 级',
      expect.stringMatching(/^距现场约 2\d 公里.*最近$/),
    ])
    expect(factorOf(suggestions, '顾晓东', 'distance')?.text.zh).toMatch(/^直线距离约 7[45]\d 公里/)
    expect(factorOf(suggestions, '黄俊杰', 'branch')?.text.zh).toBe('东莞网点只服务本网点的客户')
  })
})

describe('suggest', () => {
  it.each<[string, Partial<Candidate>, Partial<DispatchJob>, string, RegExp]>([
    ['a family never learnt', { skills: skills('IM5') }, {}, 'skill', /没有 AC 技能/],
    ['a certificate never had', { certificates: [] }, {}, 'certificate', /^没有/],
    [
      'an expired certificate',
      { certificates: [{ ...electrician, expiresOn: '2026-11-22' }] },
      {},
      'certificate',
      /2026-11-22 过期/,
    ],
    ['a customer of a branch', {}, { branch }, 'branch', /由东莞网点服务/],
    ['a branch engineer elsewhere', { branch }, {}, 'branch', /只服务本网点/],
    [
      'one on leave',
      { absences: [{ startsOn: '2026-11-22', endsOn: '2026-11-25', reason: '年假' }] },
      {},
      'calendar',
      /年假，至 2026-11-25/,
    ],
  ])('blocks %s', (_, candidate, jobChange, factor, zh) => {
    const suggestion = only(candidate, jobChange)
    expect(suggestion).toMatchObject({ eligible: false, score: 0, earliestArrival: null })
    expect(suggestion.factors[0]).toMatchObject({ factor, verdict: 'blocks', text: { zh: expect.stringMatching(zh) } })
  })

  it.each<[string, string, Partial<Candidate>, Partial<DispatchJob>, string]>([
    ['a day’s work begins at once', '2026-11-23T14:00', {}, { tier: 'gold' }, '2026-11-23T14:53'],
    ['too late to arrive today', '2026-11-23T17:30', {}, { tier: 'gold' }, '2026-11-24T08:53'],
    ['at night it waits for the morning', '2026-11-23T03:12', {}, { tier: 'gold' }, '2026-11-23T08:53'],
    ['platinum is served at night', '2026-11-23T03:12', {}, {}, '2026-11-23T04:05'],
    ['Sunday is free', '2026-11-22T10:00', {}, { tier: 'gold' }, '2026-11-23T08:53'],
    [
      'Friday evening, a five-day week',
      '2026-11-27T19:00',
      { workdays: [1, 2, 3, 4, 5] },
      { tier: 'silver' },
      '2026-11-30T08:53',
    ],
    [
      'leave that begins tomorrow',
      '2026-11-23T17:30',
      { absences: [{ startsOn: '2026-11-24', endsOn: '2026-11-25', reason: '培训' }] },
      { tier: 'gold' },
      '2026-11-26T08:53',
    ],
    [
      'still on another visit',
      '2026-11-23T14:00',
      { busyUntil: new Date('2026-11-23T15:30:00+08:00') },
      {},
      '2026-11-23T16:23',
    ],
  ])('%s', (_, at, candidate, jobChange, arrival) => {
    const suggestion = only(candidate, jobChange, new Date(`${at}:00+08:00`))
    const local = new Date(Date.parse(suggestion.earliestArrival ?? '') + 8 * 3_600_000).toISOString()
    expect(local.slice(0, 16)).toBe(arrival)
  })

  it('tells how late somebody would be', () => {
    const suggestion = only({}, { arriveDueAt: new Date('2026-11-23T14:17:00+08:00') })
    expect(suggestion.withinSla).toBe(false)
    expect(suggestion.factors.find(({ factor }) => factor === 'sla')?.text).toEqual({
      zh: '预计晚到 38 分钟',
      en: 'Expected 38 min late',
    })
  })

  it('warns of a certificate that expires soon', () => {
    const suggestion = only({ certificates: [{ ...electrician, expiresOn: '2026-12-10' }] })
    expect(suggestion).toMatchObject({ eligible: true })
    expect(suggestion.factors[1]).toMatchObject({ verdict: 'fair', text: { zh: '低压电工证有效，2026-12-10 到期' } })
  })

  it('keeps branch engineers for the branch’s customers', () => {
    const [huang] = suggest({ ...job, position: { latitude: 23.05, longitude: 113.8 }, branch }, team, now)
    expect(huang).toMatchObject({ name: '黄俊杰', eligible: true })
  })

  it('scores between 0 and 100, adds up its factors and puts every blocked one last', () => {
    const anyone = fc.record({
      km: fc.double({ min: 0, max: 3, noNaN: true }),
      level: fc.integer({ min: 1, max: 5 }),
      skill: fc.integer({ min: 1, max: 5 }),
      openTickets: fc.nat(9),
      carried: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyone, { minLength: 1, maxLength: 8 }), (people) => {
        const candidates = people.map(({ km, level, skill, openTickets, carried }, index) =>
          engineer(`e${index}`, `工程师${index}`, level, {
            base: { latitude: linqing.latitude + km, longitude: linqing.longitude },
            skills: skills(`AC${skill}`),
            openTickets,
            carried: carried ? { A5: '1' } : {},
          }),
        )
        const suggestions = suggest(job, candidates, now)
        expect(suggestions).toHaveLength(people.length)
        const flags = suggestions.map(({ eligible }) => (eligible ? 0 : 1))
        expect(flags).toEqual(flags.toSorted((a, b) => a - b))
        for (const { eligible, score, factors } of suggestions) {
          expect(score).toBeCloseTo(
            factors.reduce((sum, { points }) => sum + points, 0),
            6,
          )
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(100)
          expect(factors.some(({ verdict }) => verdict === 'blocks')).toBe(!eligible)
        }
      }),
    )
  })
})

describe('distance', () => {
  it.each([
    ['聊城 to 临清', [36.4562, 115.9854], [36.8423, 115.7057], 50],
    ['苏州 to 临清', [31.2989, 120.5853], [36.8423, 115.7057], 763],
    ['宁波 to 临清', [29.8683, 121.544], [36.8423, 115.7057], 943],
    ['nowhere', [36, 115], [36, 115], 0],
  ] as const)('%s is about %s', (_, [latitude, longitude], [otherLatitude, otherLongitude], km) => {
    const here = { latitude, longitude }
    const there = { latitude: otherLatitude, longitude: otherLongitude }
    expect(Math.abs(straightKm(here, there) - km)).toBeLessThan(8)
    expect(straightKm(there, here)).toBeCloseTo(straightKm(here, there), 9)
    expect(roadKm(here, there)).toBeGreaterThanOrEqual(straightKm(here, there))
  })

  it('drives slowly in town and faster beyond', () => {
    expect(drivingHours(10) * 60).toBeCloseTo(13.3, 1)
    expect(drivingHours(55) * 60).toBeCloseTo(52.9, 1)
    expect(drivingHours(0)).toBe(0)
  })
})
