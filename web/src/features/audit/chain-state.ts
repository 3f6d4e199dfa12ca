export type ChainState = 'checking' | 'intact' | 'broken' | 'unchecked'

/**
 * What is known of the chain. A check that was refused or failed is over: it says
 * nothing, rather than that it goes on. A chain that was found broken stays so.
 */
export function chainStateOf(check: {
  readonly data: { readonly intact: boolean } | undefined
  readonly isError: boolean
}): ChainState {
  if (check.data && !check.data.intact) return 'broken'
  if (check.isError) return 'unchecked'
  return check.data ? 'intact' : 'checking'
}
