import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'

/** The lists of which a person may keep views. */
export const viewedLists = ['assets', 'tickets', 'alarms', 'parts', 'customers', 'audit'] as const
export type ViewedList = (typeof viewedLists)[number]

/** A list as somebody wants to find it again. */
export const ViewContent = Type.Object({
  search: Type.Record(Type.String({ maxLength: 40 }), Type.Union([Type.String({ maxLength: 200 }), Type.Boolean()]), {
    description: 'filters and order, as they stand in the address of the page',
  }),
  hiddenColumns: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 }),
})
export type ViewContent = Static<typeof ViewContent>

export const ViewedListSchema = literals(viewedLists)
