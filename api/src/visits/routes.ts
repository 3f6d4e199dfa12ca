import {
  checkIn,
  type CompletionReport,
  departForVisit,
  listVisits,
  scheduleVisit,
  submitReport,
  type Visit,
} from '@fettle/contracts/visits'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { arrive, depart, report, schedule } from './commands.ts'
import { visitList } from './queries.ts'

export function visitRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  const now = () => new Date(deps.clock.now())
  const visitOf = (entityId: string) => ({ entity: 'visit', entityId })

  app.route({ ...listVisits, handler: ({ actor, query }) => visitList(db, actor, query) })
  app.route({
    ...scheduleVisit,
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const visit = await write(
        request,
        ({ id }: Visit) => visitOf(id),
        (tx) => schedule(tx, actor, params.ticketId, body, now()),
      )
      return reply.code(201).send(visit)
    },
  })
  app.route({
    ...departForVisit,
    handler: (request) =>
      write(
        request,
        ({ id }: Visit) => visitOf(id),
        (tx) => depart(tx, request.actor, request.params.ticketId, request.body, now()),
      ),
  })
  app.route({
    ...checkIn,
    handler: (request) =>
      write(
        request,
        ({ id }: Visit) => visitOf(id),
        (tx) => arrive(tx, request.actor, request.params.ticketId, request.body, now()),
      ),
  })
  app.route({
    ...submitReport,
    handler: async (request, reply) => {
      const { actor, params, body } = request
      const written = await write(
        request,
        ({ visitId }: CompletionReport) => visitOf(visitId),
        (tx) => report(tx, actor, params.ticketId, body, now()),
      )
      return reply.code(201).send(written)
    },
  })
}
