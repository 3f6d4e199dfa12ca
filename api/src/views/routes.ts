import { deleteView, listViews, saveView, type SavedView } from '@fettle/contracts/views'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { forgetView, keepView, viewsOf } from './saved-views.ts'

export function viewRoutes(app: App, { database: { db }, clock }: Dependencies, write: Write): void {
  app.route({ ...listViews, handler: async ({ actor, query }) => ({ items: await viewsOf(db, actor, query.list) }) })
  app.route({
    ...saveView,
    handler: async (request, reply) => {
      const { actor, body } = request
      const view = await write(
        request,
        ({ id }: SavedView) => ({ entity: 'view', entityId: id }),
        (tx) => keepView(tx, actor, body, new Date(clock.now())),
      )
      return reply.code(201).send(view)
    },
  })
  app.route({
    ...deleteView,
    handler: async (request, reply) => {
      const { actor, params } = request
      await write(request, { entity: 'view', entityId: params.viewId }, async (tx) => {
        await forgetView(tx, actor, params.viewId)
        return null
      })
      return reply.code(204).send(null)
    },
  })
}
