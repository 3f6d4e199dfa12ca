import { listFailureModes } from '@fettle/contracts/failure-modes'
import { models } from '@fettle/db/schema/assets'
import { eq } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { readFailureModes } from './queries.ts'

export function failureModeRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({
    ...listFailureModes,
    handler: async ({ query: { modelKey } }) => ({
      items: await readFailureModes(db, modelKey ? eq(models.key, modelKey) : undefined),
    }),
  })
}
