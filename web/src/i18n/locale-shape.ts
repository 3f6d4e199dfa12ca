type Leaf<T> = T extends string ? string : Shape<T>
/** English has a singular where Chinese has none: every `x_other` asks for an `x_one`. */
type Singular<K> = K extends `${infer Stem}_other` ? `${Stem}_one` : never

/** The English of a Chinese namespace: the same keys, all of them, or it does not compile. */
export type Shape<T> = { readonly [K in keyof T]: Leaf<T[K]> } & {
  readonly [K in keyof T as Singular<K>]: string
}
