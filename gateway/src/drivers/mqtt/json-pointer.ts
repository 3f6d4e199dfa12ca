/**
 * Compiles where to look in a JSON document: a JSON pointer (RFC 6901) such as `/data/0/temp`, or, without the slash,
 * the name of a field at the top. The result is `undefined` for what is not there.
 */
export function compilePointer(text: string): (document: unknown) => unknown {
  const names = text.startsWith('/') ? text.slice(1).split('/').map(unescape) : [text]
  return (document) => names.reduce(childOf, document)
}

const unescape = (name: string) => name.replaceAll('~1', '/').replaceAll('~0', '~')

function childOf(parent: unknown, name: string): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, name)) return undefined
  return (parent as Record<string, unknown>)[name]
}
