/** What stands in a field: a text, a number, a number with its own digits (money, quantities), or nothing. */
export type Cell = string | number | { readonly digits: string } | null

/** Tells Excel that the file is UTF-8; without it Chinese is read as something else. */
export const byteOrderMark = '\uFEFF'

/** One record after RFC 4180, with its CRLF. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(field).join(',')}\r\n`
}

function field(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'object') return cell.digits
  return quoted(harmless(cell))
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, “CSV injection”): a machine's
 * name must not run on the reader's computer. Numbers are not texts; -3 stays -3.
 */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
