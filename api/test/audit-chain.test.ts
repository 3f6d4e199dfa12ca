import { openDatabase } from '@fettle/db/client'
import { auditLog } from '@fettle/db/schema/identity'
import { fakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { testDatabase } from '@fettle/testing/postgres'
import { asc, sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { createChainCheck } from '../src/audit/chain-check.ts'
import { recordAudit } from '../src/audit/record.ts'

const { url } = await testDatabase()
const logger = createLogger({ name: 'audit-test', level: 'warn' })
const { db, close } = openDatabase({ url, poolSize: 4, logger, applicationName: 'audit-test' })
afterAll(close)
const clock = fakeClock(Date.parse('2026-11-22T03:12:00Z'))

async function write(count: number) {
  const entry = { at: new Date(clock.now()), actorId: null, actor: 'desk', role: 'desk', operation: 'createTicket' }
  const more = {
    entity: 'ticket',
    entityId: null,
    outcome: 200,
    detail: { b: 1, a: [] },
    address: null,
    requestId: '1',
  }
  for (let left = count; left > 0; left--) await db.transaction((tx) => recordAudit(tx, { ...entry, ...more }))
}
const rows = () => db.select().from(auditLog).orderBy(asc(auditLog.id))
/** As somebody does who owns the database. */
async function tamper(statement: ReturnType<typeof sql>) {
  await db.execute(sql`alter table audit_log disable trigger audit_log_append_only`)
  await db.execute(statement)
}

it('finds a change in what is shown at once, and any other by walking the whole chain again', async () => {
  const check = createChainCheck(db, clock)
  expect(await check.isIntact([])).toBe(true)
  await write(5)
  const [first, ...others] = await rows()
  if (!first) throw new Error('no row')
  expect(await check.isIntact([first, ...others])).toBe(true)
  await write(1)
  expect(await check.isIntact((await rows()).slice(-1))).toBe(true)

  await tamper(sql`update audit_log set actor = 'nobody' where id = ${first.id}`)
  expect(await check.isIntact((await rows()).slice(0, 1))).toBe(false)
  clock.advance(10 * 60_000)
  expect(await check.isIntact((await rows()).slice(-1))).toBe(false)
})

it('finds that a row was removed, also when only its successor is shown', async () => {
  const [, , gone, next] = await rows()
  await tamper(sql`delete from audit_log where id = ${gone?.id}`)
  expect(await createChainCheck(db, clock).isIntact(next ? [next] : [])).toBe(false)
})
