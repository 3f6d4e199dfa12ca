import { listFailureModes } from '@fettle/contracts/failure-modes'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { failureModeList } from './queries.ts'

export function failureModeRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({ ...listFailureModes, handler: ({ query }) => failureModeList(db, query) })
}
