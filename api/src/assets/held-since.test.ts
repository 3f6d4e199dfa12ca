import type { History } from '@fettle/contracts/telemetry'
import { expect, it } from 'vitest'
import { heldSince } from './held-since.ts'

const signalId = '01890000-0000-7000-8000-000000000001'
const now = 1_800_000_000_000
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]

/** A store with one signal: each reading where they are few enough, otherwise the extremes of equal spans. */
function storeOf(readings: (readonly [at: number, value: number])[]) {
  let asked = 0
  const history = async ({ fromMs, toMs, buckets }: { fromMs: number; toMs: number; buckets: number }) => {
    asked += 1
    const within = readings.filter(([at]) => at >= fromMs && at < toMs)
    const bucketMs = (toMs - fromMs) / buckets
    const groups =
      within.length <= buckets
        ? within.map((reading) => [reading])
        : Array.from({ length: buckets }, (_, place) =>
            within.filter(([at]) => Math.floor((at - fromMs) / bucketMs) === place),
          )
    const raw = within.length <= buckets
    const column = (of: (values: number[]) => number) =>
      groups.map((group) => (group.length === 0 ? null : of(group.map(([, value]) => value))))
    return {
      signalId,
      from: fromMs,
      to: toMs,
      kind: raw ? 'raw' : 'buckets',
      bucketMs: raw ? null : bucketMs,
      times: groups.map((group, place) => (raw ? (group[0]?.[0] ?? 0) : Math.round(fromMs + place * bucketMs))),
      min: column((values) => Math.min(...values)),
      mean: column((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
      max: column((values) => Math.max(...values)),
      quality: groups.map(() => 0),
    } satisfies History
  }
  return { history, readings, asked: () => asked }
}

/** A reading every `step` from `from` to `to`, both included. */
const steady = (from: number, to: number, step: number, value: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, place) => [from + place * step, value] as const)

const latest = (at: number, value: number | null) => ({ signalId, at, value, quality: 0 })

it.each([
  ['a few readings ago', steady(now - hour, now - 10_000, second, 1), steady(now - 9_000, now, second, 2), now - 9_000],
  [
    'hours ago, between two buckets',
    steady(now - day, now - 5 * hour, 5_000, 3),
    steady(now - 5 * hour + 7, now, 5_000, 2),
    now - 5 * hour + 7,
  ],
  [
    'after a silence',
    steady(now - day, now - 9 * hour, minute, 0),
    steady(now - 2 * hour, now, minute, 2),
    now - 2 * hour,
  ],
  ['before anybody looked', [], steady(now - 3 * hour, now, minute, 2), null],
] as const)('finds a change %s', async (_, before, after, since) => {
  expect(await heldSince(storeOf([...before, ...after]), latest(now, 2))).toBe(since)
})

it('a doubtful state has no beginning', async () => {
  expect(await heldSince(storeOf([]), latest(now, null))).toBeNull()
})

it('asks the store once while the state holds, and sees one that came back', async () => {
  const store = storeOf([
    ...steady(now - hour, now - minute, second, 1),
    ...steady(now - minute + second, now, second, 2),
  ])
  expect(await heldSince(store, latest(now, 2))).toBe(now - minute + second)
  const asked = store.asked()
  expect(await heldSince(store, latest(now + 30_000, 2))).toBe(now - minute + second)
  for (const minutes of [1, 1.5, 2]) await heldSince(store, latest(now + minutes * minute, 2))
  expect(store.asked()).toBe(asked)

  store.readings.push(
    ...steady(now + 2 * minute + second, now + 3 * minute, second, 1),
    ...steady(now + 3 * minute + second, now + 5 * minute, second, 2),
  )
  expect(await heldSince(store, latest(now + 5 * minute, 2))).toBe(now + 3 * minute + second)
})

it('searches once for all who ask at the same time', async () => {
  const store = storeOf(steady(now - hour, now, second, 2))
  const alone = storeOf(store.readings)
  await heldSince(alone, latest(now, 2))
  const answers = await Promise.all([1, 2, 3].map(() => heldSince(store, latest(now, 2))))
  expect(new Set(answers).size).toBe(1)
  expect(store.asked()).toBe(alone.asked())
})
