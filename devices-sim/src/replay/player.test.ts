import { expect, it, vi } from 'vitest'
import type { ReplayOutlet } from './outlet.ts'
import { playAtSpeed, playStepped } from './player.ts'
import type { Sample } from './sample.ts'

const minutes = (...times: number[]): Sample[] => times.map((minute) => ({ tsMs: minute * 60_000, values: [minute] }))

async function* from(samples: readonly Sample[]) {
  yield* samples
}

/** Notes what it is told to do, and when by the fake clock. */
function notingOutlet(nowMs: () => number) {
  const noted: string[] = []
  const note = (how: string, samples: readonly Sample[]) =>
    noted.push(`${nowMs()} ms: ${how} ${samples.map(({ tsMs }) => tsMs / 60_000).join(' ')}`)
  const outlet: ReplayOutlet = {
    open: async () => ({ where: 'nowhere' }),
    async step(samples) {
      note('step', samples)
    },
    async show(sample) {
      note('show', [sample])
    },
    async close() {},
  }
  return { outlet, noted }
}

const never = new AbortController().signal

it('steps through all of it, a thousand at a time', async () => {
  const asked: number[] = []
  const { outlet } = notingOutlet(() => 0)
  const counting = { ...outlet, step: async (samples: readonly Sample[]) => void asked.push(samples.length) }
  const samples = minutes(...Array.from({ length: 2_500 }, (_, minute) => minute))
  await playStepped({ outlet: counting, samples: from(samples), taken() {}, signal: never })
  expect(asked).toEqual([1_000, 1_000, 500])
})

it.each<[what: string, samples: Sample[], noted: string[]]>([
  ['in the rhythm of the recording', minutes(0, 5, 6), ['0 ms: step 0', '5000 ms: show 5', '6000 ms: step 6']],
  [
    'without a pause where it goes back, and in its rhythm from there',
    minutes(10, 5, 6, 7),
    ['0 ms: step 10', '0 ms: show 5', '1000 ms: show 6', '2000 ms: step 7'],
  ],
  ['one sample', minutes(3), ['0 ms: step 3']],
])('plays by the clock, %s', async (_, samples, expected) => {
  vi.useFakeTimers({ now: 0 })
  try {
    const { outlet, noted } = notingOutlet(Date.now)
    const playing = playAtSpeed({
      outlet,
      samples: from(samples),
      taken() {},
      signal: never,
      speed: 60,
      monotonicMs: Date.now,
    })
    await vi.runAllTimersAsync()
    await playing
    expect(noted).toEqual(expected)
  } finally {
    vi.useRealTimers()
  }
})

it('ends in the middle of a pause', async () => {
  const stopping = new AbortController()
  const { outlet } = notingOutlet(() => 0)
  const playing = playAtSpeed({
    outlet: {
      ...outlet,
      step: async () => void setImmediate(() => stopping.abort(new Error('enough'))),
    },
    samples: from(minutes(0, 60 * 24 * 365)),
    taken() {},
    signal: stopping.signal,
    speed: 1,
    monotonicMs: () => performance.now(),
  })
  await expect(playing).rejects.toThrow('enough')
})
