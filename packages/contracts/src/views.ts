import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant } from './scalars.ts'

/** The lists of which a person may keep views. */
export const viewedLists = ['assets', 'tickets', 'alarms', 'parts', 'customers', 'audit'] as const
export type ViewedList = (typeof viewedLists)[number]

/** More than anybody finds again in a menu. */
export const maxViewsPerList = 50
export const maxViewNameLength = 60

/** A list as somebody wants to find it again. */
export const ViewContent = Type.Object({
  search: Type.Record(Type.String({ maxLength: 40 }), Type.Union([Type.String({ maxLength: 200 }), Type.Boolean()]), {
    maxProperties: 40,
    description: 'filters and order, as they stand in the address of the page',
  }),
  hiddenColumns: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 }),
})
export type ViewContent = Static<typeof ViewContent>

const ViewedListSchema = literals(viewedLists)

export const SavedView = Type.Object({
  id: Id,
  list: ViewedListSchema,
  name: Type.String(),
  content: ViewContent,
  createdAt: Instant,
})
export type SavedView = Static<typeof SavedView>

const tags = ['views'] as const

export const listViews = {
  method: 'GET',
  url: '/api/v1/views',
  schema: {
    operationId: 'listViews',
    summary: 'The views that the caller has saved of a list, by name',
    tags,
    querystring: Type.Object({ list: ViewedListSchema }),
    response: { 200: Type.Object({ items: Type.Array(SavedView) }), ...refusals },
  },
} as const satisfies RouteContract

export const saveView = {
  method: 'POST',
  url: '/api/v1/views',
  schema: {
    operationId: 'saveView',
    summary: 'Save a view of a list for oneself; a name that is in use is refused unless it is to be overwritten',
    tags,
    body: Type.Object({
      list: ViewedListSchema,
      name: Type.String({
        minLength: 1,
        maxLength: maxViewNameLength,
        pattern: '^\\S(.*\\S)?$',
        description: 'without space around it; one per person and list',
      }),
      content: ViewContent,
      overwrite: Type.Optional(Type.Boolean({ description: 'replace the view that has this name' })),
    }),
    response: { 201: SavedView, ...writeRefusals },
  },
} as const satisfies RouteContract

export const deleteView = {
  method: 'DELETE',
  url: '/api/v1/views/:viewId',
  schema: {
    operationId: 'deleteView',
    summary: 'Forget one of the caller’s views',
    tags,
    params: Type.Object({ viewId: Id }),
    response: { 204: Type.Null(), ...writeRefusals },
  },
} as const satisfies RouteContract
