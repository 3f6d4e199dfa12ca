import { Type, type TSchema } from 'typebox'

/** Query fields that every list takes. `cursor` is opaque. */
export const listQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  sort: Type.Optional(Type.String({ maxLength: 60, description: 'a field, with - before it for descending' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'free text' })),
}

export const ListOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) })
