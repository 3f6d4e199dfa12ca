import { fakeClock } from '@fettle/platform/clock'
import { testDatabase } from '@fettle/testing/postgres'
import { expect, it } from 'vitest'
import { createDeadLetterBox, refusalOf, type RefusedMessage } from '../src/dead-letters.ts'
import { plant } from './plant.ts'

const { url } = await testDatabase()
const site = await plant(url)
const clock = fakeClock(Date.UTC(2026, 10, 22))
const putAside = createDeadLetterBox({ db: site.database.db, clock, unreadablePerMinute: 2 })
const message = (source: string): RefusedMessage => ({
  source,
  topic: 'a\0b',
  payload: Buffer.from('{'),
  receivedAtMs: clock.now(),
})
const malformed = [refusalOf('payload/malformed', 'no \0 JSON')]
const countsOf = async (from: string) =>
  (await site.letters()).filter(({ source }) => source === from).map(({ readings }) => readings)

it('what a sender cannot stop sending is counted, not kept, until the minute is over', async () => {
  for (let i = 0; i < 5; i++) await putAside(message('A'), malformed)
  await putAside(message('B'), malformed)
  await putAside(message('A'), [refusalOf('topic/foreign', 'elsewhere')])
  expect(await countsOf('A')).toEqual([1, 4, 1])
  expect(await countsOf('B')).toEqual([1])
  clock.advance(60_000)
  await putAside(message('A'), malformed)
  expect(await countsOf('A')).toEqual([1, 4, 1, 1])
})

it('refused readings are all kept', async () => {
  const refusal = { code: 'signal/unknown' as const, detail: '', readings: 3, payload: '[]' }
  for (let i = 0; i < 5; i++) await putAside(message('C'), [refusal, { ...refusal, code: 'time/too-old' }])
  expect(await countsOf('C')).toEqual(Array.from({ length: 10 }, () => 3))
})

it('nothing refused is nothing written', async () => {
  await putAside(message('D'), [])
  expect(await countsOf('D')).toEqual([])
})
