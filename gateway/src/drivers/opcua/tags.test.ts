import { fakeClock } from '@fettle/platform/clock'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createServerClock } from './server-clock.ts'
import type { Item } from './items.ts'
import type { Subscription } from './subscription.ts'
import { createTags } from './tags.ts'

const start = Date.UTC(2026, 4, 1, 8)

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** A server that knows the nodes of `known` in `namespaces`. */
function fakeSubscription(known: Set<string>, namespaces: string[] = ['urn:line']) {
  const calls: Item[][] = []
  const subscription = {
    namespaces: () => Promise.resolve(namespaces),
    monitor(items: readonly Item[]) {
      calls.push([...items])
      return Promise.resolve(
        new Map(
          items.flatMap(({ handle, nodeId }) => (known.has(nodeId) ? [] : [[handle, 'BadNodeIdUnknown, not there']])),
        ),
      )
    },
  } as unknown as Subscription
  return { subscription, calls }
}

function tagsUnderTest(nodeIds: string[]) {
  const problems = new Map<string, string>()
  const tags = nodeIds.map((nodeId, index) => ({ signal: `s${index}`, nodeId, scale: 1, offset: 0 }))
  const underTest = createTags(
    {
      endpoint: 'opc.tcp://plc:4840',
      security: 'none',
      timeoutMs: 1_000,
      resumeMs: 1_000,
      samplingMs: 500,
      publishMs: 1_000,
      report: 'updates',
      queueSize: 10,
      devices: [{ device: 'D', tags }],
    },
    {
      report: ({ subject, message }) => void problems.set(subject, message),
      solved: (subject) => void problems.delete(subject),
    },
    createServerClock(fakeClock(start)),
  )
  underTest.begin()
  return { tags: underTest, problems }
}

const value = (handle: number) => ({
  handle,
  value: {
    value: { dataType: 11, arrayType: 0, value: 1 },
    statusCode: { value: 0 },
    sourceTimestamp: new Date(start + 1_000),
  },
})

it('asks again each minute for what the server does not have, and only for that', async () => {
  const known = new Set(['ns=0;s=a'])
  const { subscription, calls } = fakeSubscription(known)
  const { tags, problems } = tagsUnderTest(['nsu=urn:line;s=a', 'nsu=urn:line;s=b'])
  expect(await tags.register(subscription)).toEqual([['D', 's1', start, null, 2]])
  expect(problems).toEqual(
    new Map([['D/s1', 'nsu=urn:line;s=b is refused by the server: BadNodeIdUnknown, not there']]),
  )
  expect(calls).toEqual([
    [
      { handle: 1, nodeId: 'ns=0;s=a', samplingMs: 500 },
      { handle: 2, nodeId: 'ns=0;s=b', samplingMs: 500 },
    ],
  ])

  vi.advanceTimersByTime(59_000)
  expect(await tags.register(subscription)).toEqual([])
  expect(calls).toHaveLength(1)
  vi.advanceTimersByTime(1_000)
  expect(await tags.register(subscription)).toEqual([]) // said already
  expect(calls[1]?.map(({ handle }) => handle)).toEqual([2])

  known.add('ns=0;s=b')
  vi.advanceTimersByTime(60_000)
  await tags.register(subscription)
  expect(tags.take([value(2)], 'told')).toEqual([['D', 's1', start + 1_000, 1, 0]])
  expect(problems.size).toBe(0)
  vi.advanceTimersByTime(60_000)
  await tags.register(subscription)
  expect(calls).toHaveLength(3)
})

it('a namespace that has another number at the next start is found again', async () => {
  const known = new Set(['ns=0;s=a', 'ns=1;s=a'])
  const { tags } = tagsUnderTest(['nsu=urn:line;s=a'])
  const first = fakeSubscription(known)
  await tags.register(first.subscription)
  tags.begin()
  const second = fakeSubscription(known, ['urn:new', 'urn:line'])
  await tags.register(second.subscription)
  expect([first, second].map(({ calls }) => calls[0]?.[0]?.nodeId)).toEqual(['ns=0;s=a', 'ns=1;s=a'])
})

it('says that the server had to drop values, until that has not happened for ten minutes', () => {
  const { tags, problems } = tagsUnderTest(['i=1', 'i=2'])
  const overflowed = { statusCode: { value: 0x480 } }
  const [first, second] = [value(1), value(2)]
  tags.take([first, second], 'told')
  expect(problems.size).toBe(0)
  tags.take([{ ...first, value: { ...first.value, ...overflowed } }, second], 'told')
  expect([...problems]).toEqual([
    ['queues', expect.stringMatching(/dropped values of D\/s0: it keeps 10 of each node/)],
  ])
  vi.advanceTimersByTime(600_000)
  tags.take([], 'told')
  expect(problems.size).toBe(1)
  vi.advanceTimersByTime(1)
  tags.take([], 'told')
  expect(problems.size).toBe(0)
})
