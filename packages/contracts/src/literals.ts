import { Type, type TLiteral, type TUnion } from 'typebox'

/** A schema for a list of literal strings, typed as their union. */
export function literals<const T extends readonly string[]>(values: T) {
  return Type.Union(values.map((value) => Type.Literal(value))) as unknown as TUnion<{
    -readonly [K in keyof T]: TLiteral<T[K]>
  }>
}
