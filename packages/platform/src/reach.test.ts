import { expect, it } from 'vitest'
import { createLogger } from './logging.ts'
import { watchReach } from './reach.ts'

function watched() {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  const logger = createLogger({ name: 'test', pretty: false, destination })
  let nowMs = 0
  const reach = watchReach({ what: 'PostgreSQL', logger, clock: { now: () => nowMs } })
  return { reach, lines, at: (ms: number) => void (nowMs = ms) }
}

it('a hundred failures are one line down and one line up', () => {
  const { reach, lines, at } = watched()
  reach.answered()
  for (let ms = 0; ms < 100; ms++) {
    at(ms)
    reach.failed(new Error('connect ECONNREFUSED'))
  }
  expect(reach.isAway()).toBe(true)
  at(20_000)
  for (let time = 0; time < 3; time++) reach.answered()
  expect(reach.isAway()).toBe(false)
  expect(lines).toMatchObject([
    { level: 50, msg: 'PostgreSQL is away: connect ECONNREFUSED' },
    { level: 30, msg: 'PostgreSQL is back', awayForMs: 20_000, failures: 100 },
  ])
})

it('going away again is news again', () => {
  const { reach, lines } = watched()
  for (let time = 0; time < 2; time++) {
    reach.failed(new Error('gone'))
    reach.answered()
  }
  expect(lines.map(({ msg }) => msg)).toEqual(Array(2).fill(['PostgreSQL is away: gone', 'PostgreSQL is back']).flat())
})

it('the reason is the cause, not the statement that met it', () => {
  const { reach, lines } = watched()
  const cause = new AggregateError([new Error('connect ECONNREFUSED ::1'), new Error('connect ECONNREFUSED 127.0.0.1')])
  reach.failed(new Error('Failed query: select * from users\nparams: hunter2', { cause }))
  expect(lines).toMatchObject([{ msg: 'PostgreSQL is away: connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1' }])
})
