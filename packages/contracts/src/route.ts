import type { Static, TSchema } from 'typebox'

/** One operation of the API: the server spreads it into `app.route`, the web calls it, OpenAPI is made of it. */
export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly schema: {
    readonly operationId: string
    readonly summary: string
    readonly tags: readonly string[]
    readonly params?: TSchema
    readonly querystring?: TSchema
    readonly body?: TSchema
    readonly response: { readonly [status: number]: TSchema }
  }
}

type Part<C extends RouteContract, K extends 'params' | 'querystring' | 'body'> = C['schema'][K] extends TSchema
  ? { [P in K]: Static<C['schema'][K]> }
  : object

/** What a caller must pass: only the parts that the contract declares. */
export type RequestOf<C extends RouteContract> = Part<C, 'params'> & Part<C, 'querystring'> & Part<C, 'body'>

type Success = 200 | 201 | 202
/** What a successful call answers; `undefined` for 204. */
export type ReplyOf<C extends RouteContract> = {
  [S in keyof C['schema']['response'] & Success]: C['schema']['response'][S] extends TSchema
    ? Static<C['schema']['response'][S]>
    : never
}[keyof C['schema']['response'] & Success]
