import { listDeadLetters, listGateways, replayDeadLetter, type DeadLetter } from '@fettle/contracts/gateways'
import { requestReplay } from '@fettle/db/request-replay'
import { deadLetters, gateways } from '@fettle/db/schema/devices'
import { customers, sites } from '@fettle/db/schema/organisation'
import { DomainError } from '@fettle/domain/domain-error'
import { and, asc, eq, ilike, or } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import { scopeOf } from '../policy/scope.ts'
import type { Write } from '../writes.ts'
import { statusOf } from './status.ts'

/** A gateway says how it is every 15 s; three silences are an outage. */
const offlineAfterMs = 45_000

export function gatewayRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database

  app.route({
    ...listGateways,
    handler: async ({ actor }) => {
      const scope = scopeOf(actor, {
        customerId: sites.customerId,
        regionCode: sites.regionCode,
        branchId: customers.branchId,
      })
      const rows = await db
        .select({ gateway: gateways, siteName: sites.name, customerName: customers.name })
        .from(gateways)
        .innerJoin(sites, eq(sites.id, gateways.siteId))
        .innerJoin(customers, eq(customers.id, sites.customerId))
        .where(scope)
        .orderBy(asc(gateways.key))
      return {
        items: rows.map(({ gateway: { id, key, lastSeenAt, status }, ...names }) => ({
          id,
          key,
          ...names,
          online: lastSeenAt !== null && deps.clock.now() - lastSeenAt.getTime() < offlineAfterMs,
          lastSeenAt: lastSeenAt?.toISOString() ?? null,
          status: statusOf(status, lastSeenAt),
        })),
      }
    },
  })

  app.route({
    ...listDeadLetters,
    handler: async ({ query }) => {
      const list = page({
        query,
        columns: { id: { column: deadLetters.id, cast: 'bigint' } },
        fallback: '-id',
        id: { column: deadLetters.id, cast: 'bigint' },
      })
      const pattern = query.q && containing(query.q)
      const rows = await db
        .select({ letter: deadLetters, mark: list.mark })
        .from(deadLetters)
        .where(
          and(
            query.code ? eq(deadLetters.code, query.code) : undefined,
            pattern ? or(ilike(deadLetters.source, pattern), ilike(deadLetters.detail, pattern)) : undefined,
            list.after,
          ),
        )
        .orderBy(list.orderBy)
        .limit(list.fetch)
      const cut = list.cut(rows)
      return { items: cut.rows.map(({ letter }) => present(letter)), nextCursor: cut.nextCursor }
    },
  })

  app.route({
    ...replayDeadLetter,
    handler: async (request, reply) => {
      const { deadLetterId } = request.params
      const letter = await write(request, { entity: 'dead-letter', entityId: String(deadLetterId) }, async (tx) => {
        const [row] = await tx.select().from(deadLetters).where(eq(deadLetters.id, deadLetterId)).for('update')
        if (!row) throw new DomainError('resource/not-found', 'there is no such dead letter', { deadLetterId })
        if (!(await requestReplay(tx, deadLetterId, new Date(deps.clock.now())))) {
          throw new DomainError('dead-letter/not-replayable', 'it was replayed already')
        }
        return present(row)
      })
      return reply.code(202).send(letter)
    },
  })
}

function present(letter: typeof deadLetters.$inferSelect): DeadLetter {
  const { id, receivedAt, source, topic, code, detail, payload, readings, replayedAt } = letter
  return {
    id,
    receivedAt: receivedAt.toISOString(),
    source,
    topic,
    code,
    detail,
    payload: payload.slice(0, 4_096),
    readings,
    replayedAt: replayedAt?.toISOString() ?? null,
  }
}
