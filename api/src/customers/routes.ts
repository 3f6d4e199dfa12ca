import { getCustomer, listCustomers } from '@fettle/contracts/customers'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { customerList, visibleCustomer } from './queries.ts'

export function customerRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({ ...listCustomers, handler: ({ actor, query }) => customerList(db, actor, query) })
  app.route({ ...getCustomer, handler: ({ actor, params }) => visibleCustomer(db, actor, params.customerId) })
}
