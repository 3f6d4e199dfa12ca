/** A column as the chooser names it. */
export interface ColumnName {
  readonly key: string
  readonly name: string
  /** Says which row this is: it stays. */
  readonly always: boolean
}

/** How hidden columns are put down on this device. Keys are ours and hold no comma. */
export const written = (hidden: readonly string[]): string => hidden.join(',')
export const read = (text: string | undefined): string[] => text?.split(',').filter(Boolean) ?? []

/** Those of `hidden` that are there and may be hidden, each once, in the order of the columns. */
export function hideable(hidden: readonly string[], columns: readonly ColumnName[]): string[] {
  return columns.flatMap(({ key, always }) => (!always && hidden.includes(key) ? [key] : []))
}

/** What is hidden after one column was shown or hidden. */
export function toggled(hidden: readonly string[], key: string, shown: boolean): string[] {
  const others = hidden.filter((each) => each !== key)
  return shown ? others : [...others, key]
}
