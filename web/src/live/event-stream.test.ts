import { ALIVE_EVERY_MS, type LiveEvent } from '@fettle/contracts/events'
import { expect, it } from 'vitest'
import { openStream, type EventSourceLike, type StreamState } from './event-stream.ts'

/** A stream whose server is the test. */
class FakeSource implements EventSourceLike {
  closed = false
  private readonly listeners = new Map<string, (message: { readonly data: unknown }) => void>()
  addEventListener(name: string, listener: (message: { readonly data: unknown }) => void) {
    this.listeners.set(name, listener)
  }
  close() {
    this.closed = true
  }
  open = () => this.listeners.get('open')?.({ data: '' })
  fail = () => this.listeners.get('error')?.({ data: '' })
  say = (data: unknown) => this.listeners.get('message')?.({ data })
}

function fixture() {
  const sources: FakeSource[] = []
  type Wait = { run: () => void; delayMs: number; cancelled: boolean }
  const waits: Wait[] = []
  const silences: Wait[] = []
  const states: StreamState[] = []
  const events: LiveEvent[] = []
  let reconnected = 0
  const network = new EventTarget()
  const stop = openStream({
    connect: () => {
      const source = new FakeSource()
      sources.push(source)
      return source
    },
    onEvent: (event) => events.push(event),
    onReconnected: () => (reconnected += 1),
    onState: (state) => states.push(state),
    network,
    wait: (run, delayMs) => {
      const entry = { run, delayMs, cancelled: false }
      // No wait for a new connection is as long as the silence of a dead one.
      ;(delayMs > 30_000 ? silences : waits).push(entry)
      return () => (entry.cancelled = true)
    },
    random: () => 1,
  })
  return { sources, waits, silences, states, events, network, stop, reconnections: () => reconnected }
}

it('waits twice as long after each failure, at most half a minute, and starts over after a success', () => {
  const { sources, waits, states } = fixture()
  for (let failure = 0; failure < 7; failure += 1) {
    sources.at(-1)!.fail()
    waits.at(-1)!.run()
  }
  expect(waits.map(({ delayMs }) => delayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  sources.at(-1)!.open()
  sources.at(-1)!.fail()
  expect(waits.at(-1)!.delayMs).toBe(1_000)
  expect(states.slice(-2)).toEqual(['open', 'waiting'])
  expect(sources.every(({ closed }) => closed)).toBe(true)
})

it('tells of a gap only when there was something before it', () => {
  const { sources, waits, reconnections } = fixture()
  sources[0]!.open()
  expect(reconnections()).toBe(0)
  sources[0]!.fail()
  waits[0]!.run()
  sources[1]!.open()
  expect(reconnections()).toBe(1)
})

it('passes on what it knows and ignores the rest', () => {
  const { sources, events } = fixture()
  const { say } = sources[0]!
  say('{"kind":"asset","assetId":"a"}')
  say('{"kind":"weather"}')
  say('not json')
  say(null)
  expect(events).toEqual([{ kind: 'asset', assetId: 'a' }])
})

it('gives up a connection on which nothing arrives any more, and tells of the gap', () => {
  const { sources, waits, silences, states, events, reconnections } = fixture()
  const [first] = sources
  first!.open()
  first!.say('{"kind":"alive"}')
  expect(events).toEqual([{ kind: 'alive' }])
  const watching = silences.filter(({ cancelled }) => !cancelled)
  expect(watching.map(({ delayMs }) => delayMs)).toEqual([2.25 * ALIVE_EVERY_MS])
  watching[0]!.run()
  expect(first!.closed).toBe(true)
  expect(states.at(-1)).toBe('waiting')
  waits[0]!.run()
  sources[1]!.open()
  expect(states.at(-1)).toBe('open')
  expect(reconnections()).toBe(1)
})

it('gives up a connection that never comes about', () => {
  const { sources, waits, silences } = fixture()
  silences.at(-1)!.run()
  expect(sources[0]!.closed).toBe(true)
  sources[0]!.fail()
  expect(waits).toHaveLength(1)
})

it('does nothing more once stopped', () => {
  const { sources, waits, stop } = fixture()
  sources[0]!.fail()
  stop()
  expect(waits[0]!.cancelled).toBe(true)
  expect(sources[0]!.closed).toBe(true)
})

it('is down as soon as the network is, and back without waiting', () => {
  const { sources, waits, states, network, reconnections, stop } = fixture()
  sources[0]!.open()
  network.dispatchEvent(new Event('offline'))
  expect(states.at(-1)).toBe('waiting')
  expect(sources[0]!.closed).toBe(true)
  expect(waits).toHaveLength(0)
  network.dispatchEvent(new Event('online'))
  sources[1]!.open()
  expect(states.at(-1)).toBe('open')
  expect(reconnections()).toBe(1)
  stop()
  network.dispatchEvent(new Event('online'))
  expect(sources).toHaveLength(2)
})
