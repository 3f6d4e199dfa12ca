/** The pattern of `ilike` for texts that contain this one; its own wildcards are taken at their word. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
