import type { Db } from '@fettle/db/client'
import { fakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { expect, it, vi } from 'vitest'
import { createCredentials } from './credentials.ts'

/** A database whose every query fails in the same way. */
const failing = (error: Error) =>
  ({ select: () => ({ from: () => ({ where: () => Promise.reject(error) }) }) }) as unknown as Db

it.each([
  ['says at level debug that the database is away', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 0],
  ['warns of any other failure', Object.assign(new Error('no such column'), { code: '42703' }), 1],
])('%s, and lets the client try again', async (_, error, warnings) => {
  const logger = createLogger({ name: 'test', level: 'silent' })
  const warn = vi.spyOn(logger, 'warn')
  const credentials = createCredentials({ db: failing(error), clock: fakeClock(0), logger })
  expect(await credentials.verify('AC75-2403-0117', Buffer.from('secret'))).toBe('unavailable')
  expect(warn).toHaveBeenCalledTimes(warnings)
})
