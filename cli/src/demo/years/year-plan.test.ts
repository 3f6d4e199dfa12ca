import { describe, expect, it } from 'vitest'
import { engineers } from '@fettle/provisioning/demo/engineers'
import { companies } from '@fettle/provisioning/demo/years/companies'
import { slaDeadlines } from '@fettle/domain/sla/deadlines'
import { dayMs, hourMs, minuteOf } from './china-time.ts'
import { connectedMachines, machinesOfCompanies } from './known-machines.ts'
import type { Deed, Story } from './story.ts'
import { targets } from './targets.ts'
import { anchorOf, planYear } from './year-plan.ts'

const anchorMs = anchorOf(new Date('2026-11-22T02:00:00Z'))
const { stories, companies: planned } = await planYear({ seed: 1, anchorMs })
const scenes = stories.flatMap((story) => story.scenes.map((scene) => ({ ...scene, story })))
const has = (story: Story, wanted: (deed: Deed) => boolean) => story.scenes.some(({ deed }) => wanted(deed))
const did = (action: string) => (story: Story) => has(story, (deed) => deed.do === 'step' && deed.action === action)
const visitsOf = (story: Story) => story.scenes.filter(({ deed }) => deed.do === 'arrive')
const isPlanned = (story: Story) => has(story, (deed) => deed.do === 'open' && deed.source === 'preventive')

/** The few repairs that every demonstration has are the others. */
const knownBefore = 27

describe('a year of service', () => {
  it('is the same for a seed, and another for another', async () => {
    const again = await planYear({ seed: 1, anchorMs })
    expect(again.stories).toEqual(stories)
    const other = await planYear({ seed: 2, anchorMs })
    expect(other.stories.map(({ openedMs }) => openedMs)).not.toEqual(stories.map(({ openedMs }) => openedMs))
  })

  it('has the machines and tickets of the demonstration', () => {
    const machines = planned.reduce((sum, company) => sum + company.machines.length, 0)
    expect(machines).toBe(targets.machines - targets.connected)
    expect(planned.length).toBeGreaterThanOrEqual(90)
    expect(planned.length).toBeLessThanOrEqual(110)
    expect(stories.reduce((sum, { tickets }) => sum + tickets, 0) + knownBefore).toBe(targets.tickets)
    expect(stories.filter((story) => has(story, (deed) => deed.do === 'raise-alarm'))).toHaveLength(
      targets.alarmTickets,
    )
  })

  it('is as good as a service company is', () => {
    const faults = stories.filter((story) => !isPlanned(story))
    const visited = faults.filter((story) => visitsOf(story).length > 0)
    const solved = faults.filter((story) => !did('cancel')(story))
    const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length
    expect(
      share(
        visited.filter((story) => visitsOf(story).length === 1),
        visited,
      ),
    ).toBeCloseTo(targets.firstTimeFix, 1)
    expect(share(solved.filter(did('resolve-remotely')), solved)).toBeCloseTo(targets.remote, 1)
    const machines = [...machinesOfCompanies(planned), ...connectedMachines()]
    const tierOf = new Map(machines.map(({ asset, customer }) => [asset.key, customer.tier]))
    const promised = stories.flatMap((story) => {
      const [arrival] = visitsOf(story)
      const tier = tierOf.get(story.assetKey)!
      const { arriveDueAt } = slaDeadlines(tier, new Date(story.openedMs))
      return arrival && arriveDueAt ? [arrival.atMs <= arriveDueAt.getTime()] : []
    })
    expect(share(promised.filter(Boolean), promised)).toBeGreaterThan(0.88)
    expect(share(promised.filter(Boolean), promised)).toBeLessThan(0.94)
  })

  it('is over before the demonstration begins, each ticket within weeks', () => {
    for (const { openedMs, endedMs, scenes: own } of stories) {
      expect(endedMs).toBeLessThan(anchorMs)
      expect(Math.max(...own.map(({ atMs }) => atMs))).toBeLessThanOrEqual(anchorMs)
      expect(endedMs - openedMs).toBeLessThan(70 * dayMs)
    }
  })

  it('sends nobody to a locked gate, and nobody to two places', () => {
    for (const { atMs, deed } of scenes) {
      if (deed.do !== 'arrive') continue
      expect(minuteOf(atMs)).toBeGreaterThanOrEqual(6.5 * 60)
      expect(minuteOf(atMs)).toBeLessThanOrEqual(22.5 * 60)
    }
    for (const { key } of engineers) {
      const outs = stories.flatMap((story) => outsOf(story, key)).toSorted((a, b) => a.fromMs - b.fromMs)
      for (const [place, { fromMs }] of outs.entries())
        expect(fromMs).toBeGreaterThanOrEqual(outs[place - 1]?.toMs ?? 0)
      expect(outs.length).toBeGreaterThan(100)
    }
  })

  it('has reports written anew by people who are elsewhere by then, so writing one is not being there', () => {
    const outs = engineers.flatMap(({ key }) =>
      stories.flatMap((story) => outsOf(story, key).map((out) => ({ ...out, story, key }))),
    )
    const between = outs.filter((first) => {
      const rewrittenMs = Math.max(...reportsOf(first.story, first.key))
      return outs.some((other) => other.key === first.key && other.fromMs > first.toMs && other.fromMs < rewrittenMs)
    })
    expect(between.length).toBeGreaterThan(10)
  })

  it('leaves the compressor alone of whose fan the demonstration tells', () => {
    expect(stories.filter(({ assetKey }) => assetKey === 'AC75-2403-0117')).toEqual([])
  })
})

/** When reports of this engineer were written after his last way there. */
function reportsOf({ scenes: own }: Story, engineerKey: string): number[] {
  const lastWay = Math.max(...own.flatMap(({ atMs, deed }) => (deed.do === 'depart' ? [atMs] : [])))
  const assigned = own.findLast(({ atMs, deed }) => deed.do === 'assign' && atMs <= lastWay)?.deed
  if (assigned?.do !== 'assign' || assigned.engineerKey !== engineerKey) return [-Infinity]
  return own.flatMap(({ atMs, deed }) => (deed.do === 'write-report' && atMs > lastWay ? [atMs] : []))
}

/** From leaving to the end of the work: when the report is first written, however often it is written anew. */
function outsOf({ scenes: own }: Story, engineerKey: string): { fromMs: number; toMs: number }[] {
  let [assigned, fromMs] = ['', 0]
  return own.flatMap(({ atMs, deed }) => {
    if (deed.do === 'assign') assigned = deed.engineerKey
    if (deed.do === 'depart') fromMs = atMs
    const isEnd = deed.do === 'write-report' || deed.do === 'appoint'
    if (!isEnd || fromMs === 0) return []
    const out = { fromMs, toMs: atMs }
    fromMs = 0
    return assigned === engineerKey ? [out] : []
  })
}

it('planned work is named in English too, with the number that its machine carries', () => {
  const planned = scenes.flatMap(({ deed }) => (deed.do === 'open' && deed.source === 'preventive' ? [deed] : []))
  expect(planned.length).toBeGreaterThan(100)
  for (const { title, englishTitle } of planned) {
    expect(englishTitle).toMatch(/^(?:[A-Z]?\d+#? )?[A-Z][a-z][\w ,-]+$/)
    expect(title.split(' ')[0]).toMatch(/^(?:[A-Z]?\d+#?$|\p{Script=Han})/u)
  }
})

it('no two machines have one number, no two customers one name', () => {
  for (const seed of [1, 2, 3]) {
    const all = companies(seed)
    const plates = all.flatMap(({ machines }) => machines.map(({ key }) => key))
    expect(new Set(plates).size).toBe(plates.length)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    expect(all.map(({ name }) => name).join()).not.toMatch(/测试|张三|李雷/)
  }
})

it('a repair is as long as people work', () => {
  const hours = scenes.flatMap(({ deed }) => (deed.do === 'write-report' ? [Number(deed.workHours)] : []))
  expect(Math.min(...hours) * hourMs).toBeGreaterThan(0.4 * hourMs)
  expect(Math.max(...hours)).toBeLessThan(18)
})
