import { open } from 'node:fs/promises'

export interface CsvRow {
  /** In the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

const delimiters = [',', ';', '\t'] as const
type Delimiter = (typeof delimiters)[number]

/**
 * The rows of a file, read as they are asked for; empty lines are left out. Cells may be quoted as RFC 4180 has it, but a row
 * is one line. The delimiter is the one that the first line has most of. Rejects with the file system's error.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow, void, void> {
  const handle = await open(file)
  let delimiter: Delimiter | undefined
  let line = 0
  try {
    for await (const text of handle.readLines({ encoding: 'utf8', autoClose: false })) {
      line += 1
      const content = line === 1 ? text.replace(/^\uFEFF/, '') : text
      if (content.trim() === '') continue
      delimiter ??= mostFrequent(content)
      yield { line, cells: cellsOf(content, delimiter) }
    }
  } finally {
    await handle.close()
  }
}

function mostFrequent(text: string): Delimiter {
  const counted = delimiters.map((delimiter) => ({ delimiter, count: text.split(delimiter).length }))
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).delimiter
}

function cellsOf(text: string, delimiter: Delimiter): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? ''
    if (quoted && char === '"' && text[index + 1] === '"') {
      cell += '"'
      index++
    } else if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  return [...cells, cell]
}
