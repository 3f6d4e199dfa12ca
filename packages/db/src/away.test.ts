import { createLogger } from '@fettle/platform/logging'
import { describe, expect, it } from 'vitest'
import { isDatabaseAway, logTrouble } from './away.ts'

const coded = (code: string, options?: ErrorOptions) => Object.assign(new Error('something', options), { code })

describe('an error says that the database is away', () => {
  it.each([
    ['nobody listens', coded('ECONNREFUSED'), true],
    ['an administrator ended it', coded('57P01'), true],
    ['it is starting', coded('57P03'), true],
    ['drizzle wrapped it', new Error('Failed query: select 1', { cause: coded('ECONNRESET') }), true],
    ['pg gave no code', new Error('Connection terminated unexpectedly'), true],
    ['a statement took too long', coded('57014'), false],
    ['a row is there already', new Error('Failed query: insert', { cause: coded('23505') }), false],
    ['another server is away', coded('influx/unreachable', { cause: coded('ECONNREFUSED') }), false],
    ['it is no error', 'ECONNREFUSED', false],
  ])('%s', (_, error, away) => expect(isDatabaseAway(error)).toBe(away))
})

it('other trouble is told, that it is away is a detail', () => {
  const lines: string[] = []
  const logger = createLogger({ name: 'test', pretty: false, destination: { write: (line) => void lines.push(line) } })
  logTrouble(logger, coded('ECONNREFUSED'), 'cannot trim')
  logTrouble(logger, coded('42P01'), 'cannot trim', { facts: { partition: 3 } })
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 40, partition: 3, msg: 'cannot trim' },
  ])
})
