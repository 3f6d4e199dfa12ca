import { Type, type TProperties } from 'typebox'
import { listAlarms } from './alarms.ts'
import { listAssets } from './assets.ts'
import { listCustomers } from './customers.ts'
import { literals } from './literals.ts'
import { listMovements, listParts } from './parts.ts'
import { Problem, refusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { listTickets } from './tickets.ts'

/** Rows of one file at most; a list that is longer is refused with its length, never cut. */
export const maxExportRows = 100_000

/** Response header: how many rows the file will have; absent where only the rows themselves tell. */
export const exportRowsHeader = 'x-export-rows'

/** Where times are told in when the caller names no zone. */
export const defaultExportZone = 'Asia/Shanghai'

/** Response header: what to quote when the file breaks off. */
export const requestIdHeader = 'x-request-id'

/** What every export takes beside the filters of its list. */
const exportQuery = {
  language: Type.Optional(literals(['zh', 'en'] as const)),
  zone: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]{0,59}$',
      default: defaultExportZone,
      description: 'IANA time zone that times are told in',
    }),
  ),
}

/** The filters, search and order of a list, without its paging. */
function exporting<P extends TProperties>({ limit: _, cursor: __, ...filters }: P) {
  return Type.Object({ ...filters, ...exportQuery })
}

const tags = ['exports'] as const
/** The answer is no JSON: CSV after RFC 4180 in UTF-8 with a byte order mark, row by row. */
const response = { ...refusals, 422: Problem, 429: Problem } as const

export const exportTickets = {
  method: 'GET',
  url: '/api/v1/tickets/export',
  schema: {
    operationId: 'exportTickets',
    summary: 'The pool as CSV, with the filters and the order of the list',
    tags,
    querystring: exporting(listTickets.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract

export const exportAssets = {
  method: 'GET',
  url: '/api/v1/assets/export',
  schema: {
    operationId: 'exportAssets',
    summary: 'Machines as CSV, with the filters and the order of the list',
    tags,
    querystring: exporting(listAssets.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract

export const exportAlarms = {
  method: 'GET',
  url: '/api/v1/alarms/export',
  schema: {
    operationId: 'exportAlarms',
    summary: 'Alarm episodes as CSV, with the filters and the order of the list',
    tags,
    querystring: exporting(listAlarms.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract

export const exportParts = {
  method: 'GET',
  url: '/api/v1/parts/export',
  schema: {
    operationId: 'exportParts',
    summary: 'Parts as CSV, with the filters and the order of the list',
    tags,
    querystring: exporting(listParts.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract

export const exportMovements = {
  method: 'GET',
  url: '/api/v1/stock/movements/export',
  schema: {
    operationId: 'exportMovements',
    summary: 'The ledger of stock as CSV, with the filters of the list',
    tags,
    querystring: exporting(listMovements.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract

export const exportCustomers = {
  method: 'GET',
  url: '/api/v1/customers/export',
  schema: {
    operationId: 'exportCustomers',
    summary: 'Customers as CSV, with the filters and the order of the list',
    tags,
    querystring: exporting(listCustomers.schema.querystring.properties),
    response,
  },
} as const satisfies RouteContract
