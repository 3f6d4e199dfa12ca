import { persistentClient, type PersistentCall } from '../works/persistent-client.ts'
import { accountRoles, type Account } from '../works/organisation.ts'
import type { Works } from '../works/works.ts'
import { repair, type Repair } from './repair.ts'
import type { Seeded } from './seeded.ts'

export interface ServiceDesk {
  readonly as: Readonly<Record<Account, PersistentCall>>
  /** Requests that were answered. */
  answers(): number
  /** Resolves with so many more answers. */
  afterAnswers(count: number): Promise<void>
  /** So many crews repair one ticket after another until the signal aborts; the ones that were begun are ended. */
  work(crews: number, signal: AbortSignal): Promise<readonly Repair[]>
}

/** The people of the service company, all of them persistent. */
export async function openServiceDesk(works: Works, random: Seeded, origin: () => string): Promise<ServiceDesk> {
  let answers = 0
  let waiting: { at: number; wake: () => void }[] = []
  const onAnswer = () => {
    answers++
    for (const { at, wake } of waiting) if (at <= answers) wake()
    waiting = waiting.filter(({ at }) => at > answers)
  }
  const signedIn = accountRoles.map(async (username) => {
    const { password } = works
    return [username, await persistentClient({ origin, username, password, onAnswer })] as const
  })
  const as = Object.fromEntries(await Promise.all(signedIn)) as Record<Account, PersistentCall>
  const serials = works.parts.flatMap((part) => part.serials)

  async function crew(name: string, signal: AbortSignal): Promise<Repair[]> {
    const done: Repair[] = []
    const own = random.branch(name)
    while (!signal.aborted) {
      const title = `${name}, repair ${done.length + 1}`
      done.push(await repair({ works, as, random: own, title, takeSerial: () => serials.pop() }))
    }
    return done
  }

  return {
    as,
    answers: () => answers,
    afterAnswers: (count) => new Promise((wake) => void waiting.push({ at: answers + count, wake })),
    async work(crews, signal) {
      const names = Array.from({ length: crews }, (_, index) => `crew ${index + 1}`)
      return (await Promise.all(names.map((name) => crew(name, signal)))).flat()
    },
  }
}
