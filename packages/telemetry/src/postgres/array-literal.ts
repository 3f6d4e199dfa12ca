/** Arrays as PostgreSQL's text literals, several times faster to make than what `pg` makes of JavaScript arrays. */

/** `{1,2.5,NULL}` for an `int[]`, `bigint[]` or `float8[]`; NaN and null become NULL. */
export function numbers(values: readonly (number | null)[]): string {
  return `{${joined(values)}}`
}

/** `{"{1,2}","{3}"}` for a `text[]` whose elements are cast to arrays: PostgreSQL has no arrays of rows of unequal length. */
export function rowsOfNumbers(rows: readonly (readonly (number | null)[])[]): string {
  return rows.length === 0 ? '{}' : `{"{${rows.map(joined).join('}","{')}}"}`
}

function joined(values: readonly (number | null)[]): string {
  const text = values.includes(null) ? values.map((value) => value ?? NaN).join(',') : values.join(',')
  return text.includes('NaN') ? text.replaceAll('NaN', 'NULL') : text
}
