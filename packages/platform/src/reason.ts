/**
 * What an error of the network says. Node wraps its attempts over IPv4 and IPv6 in an error without a message of its own: then
 * each of them speaks.
 */
export function reasonOf(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((each: Error) => each.message).join('; ')
  return error.message || error.name
}
