import { signIn } from '@fettle/contracts/session'
import { auditLog, signInFailures } from '@fettle/db/schema/identity'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetOld } from '../src/housekeeping.ts'
import { unlock } from '../src/sessions/lock-out.ts'
import { createSessions, type Origin } from '../src/sessions/sessions.ts'
import { password } from './small-company.ts'
import { testApi } from './test-api.ts'

const minuteMs = 60_000
let nowMs = Date.now()
const clock = { now: () => nowMs }
const { deps, anonymous, url } = await testApi({ clock })
const { db } = deps.database
const desk: Origin = { address: '10.0.0.7', requestId: 'test' }
const stranger: Origin = { address: '203.0.113.9', requestId: 'test' }

/** How one attempt ends: `in`, or the code of the refusal. */
async function attempt(username: string, secret: string, origin = stranger, sessions = createSessions(db, clock)) {
  return sessions.signIn(username, secret, origin).then(
    () => 'in',
    (error: { code: string }) => error.code,
  )
}
const wrong = 'session/wrong-credentials'
const locked = 'session/locked'

async function fail(username: string, times: number, origin = stranger): Promise<string[]> {
  const answers: string[] = []
  for (let time = 0; time < times; time++) answers.push(await attempt(username, 'a guess', origin))
  return answers
}

beforeEach(() => db.delete(signInFailures))

describe('a name under which five wrong passwords came in a row', () => {
  it.each(['admin', 'nobody'])('is locked, whether it is anybody’s or not: %s', async (username) => {
    expect(await fail(username, 7)).toEqual([wrong, wrong, wrong, wrong, locked, locked, locked])
  })

  it('opens after a minute, then after two, four and at most fifteen', async () => {
    await fail('admin', 4)
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      expect(await attempt('admin', 'a guess')).toBe(locked)
      nowMs += minutes * minuteMs - 1_000
      expect(await attempt('admin', password)).toBe(locked)
      nowMs += 2_000
    }
    expect(await attempt('admin', password)).toBe('in')
    expect(await fail('admin', 4)).not.toContain(locked)
  })

  it('tells over HTTP when to come again', async () => {
    await fail('desk', 5, { address: '127.0.0.1', requestId: 'test' })
    nowMs += 20_000
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'desk', password }),
    })
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('40')
    expect(await response.json()).toMatchObject({ code: locked, context: { retryAfterSeconds: 40 } })
  })

  it('leaves one row in the trail for the lock', async () => {
    const rows = () =>
      db
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.operation, 'lockAccount'), eq(auditLog.actor, 'finance')))
    await fail('finance', 9)
    expect(await rows()).toMatchObject([{ outcome: 429, address: stranger.address, detail: { failures: 5 } }])
  })

  it('lets its person in where they have signed in before, and locks that place by itself', async () => {
    expect(await attempt('admin', password, desk)).toBe('in')
    expect(await fail('admin', 5)).toContain(locked)
    expect(await attempt('admin', password, desk)).toBe('in')
    expect(await attempt('admin', password)).toBe(locked)
    expect(await fail('admin', 5, desk)).toEqual([wrong, wrong, wrong, wrong, locked])
  })

  it('opens by an administrator’s word, for this name alone', async () => {
    expect(await attempt('admin', password, desk)).toBe('in')
    await Promise.all([fail('admin', 5), fail('admin', 5, desk), fail('manager', 5)])
    expect(await unlock(db, 'admin', new Date(nowMs))).toBe(true)
    expect(await unlock(db, 'admin', new Date(nowMs))).toBe(false)
    expect(await attempt('admin', password)).toBe('in')
    expect(await attempt('admin', password, desk)).toBe('in')
    expect(await attempt('manager', password)).toBe(locked)
  })
})

it('of guesses at the same moment, over several processes, five are looked at', async () => {
  const processes = Array.from({ length: 4 }, () => createSessions(db, clock))
  const guesses = Array.from({ length: 24 }, (_, place) =>
    attempt('admin', `guess ${place}`, stranger, processes[place % 4]),
  )
  await Promise.all(guesses)
  const looked = await db.select().from(signInFailures)
  expect(looked).toMatchObject([{ failures: 5 }])
})

it('the right password in many windows at once locks nobody out', async () => {
  const sessions = createSessions(db, clock)
  const windows = Array.from({ length: 12 }, () => attempt('admin', password, desk, sessions))
  expect(new Set(await Promise.all(windows))).toEqual(new Set(['in']))
})

it('what is typed cannot pass for the count of a known address', async () => {
  await attempt('admin', password, desk)
  await fail(`at ${desk.address} admin`, 5)
  await fail(`${desk.address} admin`, 5)
  expect(await fail('admin', 4, desk)).not.toContain(locked)
})

it('old failures are forgotten after a day, known addresses after a season', async () => {
  await attempt('admin', password, desk)
  await fail('nobody', 3)
  await forgetOld(db, nowMs + 23 * 60 * minuteMs)
  expect(await db.select().from(signInFailures)).toHaveLength(2)
  await forgetOld(db, nowMs + 25 * 60 * minuteMs)
  expect(await db.select().from(signInFailures)).toMatchObject([{ failures: 0 }])
  await forgetOld(db, nowMs + 91 * 24 * 60 * minuteMs)
  expect(await db.select().from(signInFailures)).toEqual([])
})

it('a signed-in person is not touched by a lock', async () => {
  const { token } = await anonymous(signIn, { body: { username: 'expert', password } })
  await fail('expert', 6)
  const session = await fetch(`${url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } })
  expect(session.status).toBe(200)
})
