import type { Sample } from '@fettle/devices-sim/replay/sample'
import { eventually } from '@fettle/testing/eventually'
import { expect } from 'vitest'
import { expectedEpisodes, type Window } from './expected-episodes.ts'
import { expectedTickets, makeRound, morningsOf } from './morning-rounds.ts'
import { startPlaying, type Protocol } from './playing.ts'
import type { Hall } from './recorded-machines.ts'
import type { LowLimit } from './threshold.ts'
import { alarmLineOf, alarmsOf, ticketsOf } from './told.ts'

/** A machine, and what is planned for it. */
export interface Watched {
  key: string
  windows: readonly Window[]
}

export interface WatchedReplay {
  hall: Hall
  over: Protocol
  machine: Watched
  /** Fed from the same values. */
  twin?: Watched
  samples: readonly Sample[]
  limit: LowLimit
}

export interface Outcome {
  alarms: string[]
  tickets: string[]
}

const patience = { timeoutMs: 60_000, everyMs: 100 }

/**
 * Plays a whole recording through gateway, broker, log, rules and jobs, with the desk's morning rounds, and compares alarms
 * and tickets with what they must be: before each round and at the end. Resolves to what the platform says, by machine.
 */
export async function watchReplay({ hall, over, machine, twin, samples, limit }: WatchedReplay): Promise<Outcome[]> {
  const watched = [machine, ...(twin ? [twin] : [])]
  const episodesUpTo = (count: number, { windows }: Watched) =>
    expectedEpisodes(samples.slice(0, count), limit, windows)
  const mornings = morningsOf(watched.flatMap((each) => episodesUpTo(samples.length, each))).sort((a, b) => a - b)
  const [first] = samples
  if (!first) throw new Error('nothing to play')
  const playing = await startPlaying({ hall, over, device: machine.key, first, ...(twin && { twin: twin.key }) })

  async function say(count: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const each of watched) {
      const { assetId } = hall.machine(each.key)
      const episodes = episodesUpTo(count, each)
      const expected = { alarms: episodes.map(alarmLineOf), tickets: expectedTickets(episodes) }
      const found = await eventually(
        async () => {
          const said = { alarms: await alarmsOf(hall.desk, assetId), tickets: await ticketsOf(hall.desk, assetId) }
          expect(said).toEqual(expected)
          return said
        },
        { what: `${each.key} to have its alarms and tickets`, ...patience },
      )
      outcomes.push(found)
    }
    return outcomes
  }

  try {
    let played = 0
    for (const morning of mornings) {
      const upTo = samples.findIndex(({ tsMs }) => tsMs >= morning)
      if (upTo < 0) break
      await playing.step(samples.slice(played, upTo))
      played = upTo
      await say(played)
      for (const { key } of watched) await makeRound(hall.desk, hall.machine(key).assetId)
    }
    await playing.step(samples.slice(played))
    await say(samples.length)
    await settled(hall)
    return await say(samples.length)
  } finally {
    await playing.stop()
  }
}

/** Resolves when every reading that the platform has taken was stored and evaluated. */
export async function settled({ instance }: Hall): Promise<void> {
  await eventually(
    async () => {
      const lags = (await (await fetch(new URL('/metrics', instance.url))).text())
        .split('\n')
        .filter((line) => /^fettle_(store|rules)_lag_records/.test(line))
      return lags.length > 1 && lags.every((line) => line.endsWith(' 0'))
    },
    { what: 'everything to be stored and evaluated', ...patience },
  )
}
