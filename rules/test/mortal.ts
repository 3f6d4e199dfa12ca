import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import type { Db } from '@fettle/db/client'

/** What happens to a process at one of its transactions or batches. */
export const fates = [
  'lives',
  'dies before evaluation',
  'dies before commit',
  'dies after commit',
  'sleeps before commit',
] as const
export type Fate = (typeof fates)[number]

/**
 * A database and a log as a process sees them that dies or falls asleep at given points. A dead one fails in whatever it
 * does. One that sleeps in front of its commit is taken for dead, and goes on with it when it is woken.
 */
export function mortal(db: Db, log: PartitionedLog, coming: Iterator<Fate>) {
  let state: 'alive' | 'dead' | 'asleep' = 'alive'
  let wake: () => void = () => {}
  const woken = new Promise<void>((resolve) => (wake = resolve))
  const nextFate = (): Fate => {
    if (state === 'dead') throw new Error('dead')
    const fate = coming.next()
    return fate.done ? 'lives' : fate.value
  }
  const die = () => {
    state = 'dead'
    throw new Error('died')
  }

  const transaction: Db['transaction'] = async (work, config) => {
    if (config?.accessMode === 'read only') return db.transaction(work, config)
    const fate = nextFate()
    if (fate === 'sleeps before commit') {
      state = 'asleep'
      await woken
    }
    const result = await db.transaction(async (tx) => {
      const made = await work(tx)
      if (fate === 'dies before commit') die()
      return made
    }, config)
    if (fate === 'dies after commit') die()
    return result
  }
  return {
    database: {
      db: new Proxy(db, {
        get: (real, name): unknown => (name === 'transaction' ? transaction : Reflect.get(real, name, real)),
      }),
    },
    log: {
      ...log,
      consume: (options, handle) =>
        log.consume({ ...options, maxRecords: 3 }, async (batch) => {
          if (nextFate() === 'dies before evaluation') die()
          await handle(batch)
        }),
    } satisfies PartitionedLog,
    isGone: () => state !== 'alive',
    wake: () => wake(),
  }
}
