import { listDeadLetters, listGateways, replayDeadLetter, type DeadLetter } from '@fettle/contracts/gateways'
import { requestReplay } from '@fettle/db/request-replay'
import { assets } from '@fettle/db/schema/assets'
import { deadLetters, gateways } from '@fettle/db/schema/devices'
import { customers, sites } from '@fettle/db/schema/organisation'
import { DomainError } from '@fettle/domain/domain-error'
import { type SQL, and, eq, or, sql } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { containing } from '../lists/containing.ts'
import { page } from '../lists/page.ts'
import type { Actor } from '../policy/actor.ts'
import { everything, nothing, onVisibleAsset, scopeOf } from '../policy/scope.ts'
import type { Write } from '../writes.ts'
import { statusOf } from './status.ts'

/** A gateway says how it is every 15 s; three silences are an outage. */
const offlineAfterMs = 45_000

export function gatewayRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database

  app.route({
    ...listGateways,
    handler: async ({ actor, query }) => {
      const list = page({
        query,
        columns: {
          key: { column: gateways.key, cast: 'text' },
          customerName: { column: customers.name, cast: 'text' },
        },
        fallback: 'key',
        id: { column: gateways.id, cast: 'uuid' },
      })
      const rows = await db
        .select({ gateway: gateways, siteName: sites.name, customerName: customers.name, mark: list.mark })
        .from(gateways)
        .innerJoin(sites, eq(sites.id, gateways.siteId))
        .innerJoin(customers, eq(customers.id, sites.customerId))
        .where(and(gatewayScope(actor), containing(query.q, [gateways.key, sites.name, customers.name]), list.after))
        .orderBy(list.orderBy)
        .limit(list.fetch)
      const cut = list.cut(rows)
      return {
        items: cut.rows.map(({ gateway: { id, key, lastSeenAt, status }, siteName, customerName }) => ({
          id,
          key,
          siteName,
          customerName,
          online: lastSeenAt !== null && deps.clock.now() - lastSeenAt.getTime() < offlineAfterMs,
          lastSeenAt: lastSeenAt?.toISOString() ?? null,
          status: statusOf(status),
        })),
        nextCursor: cut.nextCursor,
      }
    },
  })

  app.route({
    ...listDeadLetters,
    handler: async ({ actor, query }) => {
      const list = page({
        query,
        columns: { id: { column: deadLetters.id, cast: 'bigint' } },
        fallback: '-id',
        id: { column: deadLetters.id, cast: 'bigint' },
      })
      const rows = await db
        .select({ letter: deadLetters, mark: list.mark })
        .from(deadLetters)
        .where(
          and(
            letterScope(actor),
            query.code ? eq(deadLetters.code, query.code) : undefined,
            containing(query.q, [deadLetters.source, deadLetters.detail]),
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
      const { actor, params } = request
      const { deadLetterId } = params
      const letter = await write(request, { entity: 'dead-letter', entityId: String(deadLetterId) }, async (tx) => {
        const [row] = await tx
          .select()
          .from(deadLetters)
          .where(and(eq(deadLetters.id, deadLetterId), letterScope(actor)))
          .for('update')
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

/** For queries that join gateways, sites and customers. */
const gatewayScope = (actor: Actor): SQL =>
  scopeOf(actor, { customerId: sites.customerId, regionCode: sites.regionCode, branchId: customers.branchId })

/** What visible machines and gateways sent; only who sees everything sees what nobody known sent. */
function letterScope(actor: Actor): SQL {
  if (actor.regionPrefix === '') return everything
  const ofMachine = sql`${deadLetters.source} in (
    select ${assets.key} from ${assets} where ${onVisibleAsset(actor, assets.id)})`
  const ofGateway = sql`${deadLetters.source} in (
    select ${gateways.key} from ${gateways} join ${sites} on ${sites.id} = ${gateways.siteId}
    join ${customers} on ${customers.id} = ${sites.customerId} where ${gatewayScope(actor)})`
  return or(ofMachine, ofGateway) ?? nothing
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
