import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

export interface CsvRow {
  /** In the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

const delimiters = [',', ';', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/**
 * The rows of a file, read as they are asked for; empty lines are left out. Cells may be quoted as RFC 4180 has it, but a row
 * is one line. The delimiter is the one that the first line has most of. Rejects with the file system's error.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow, void, void> {
  const stream = createReadStream(file, 'utf8')
  let failure: Error | undefined
  stream.on('error', (error) => {
    failure = error
    lines.close()
  })
  const lines = createInterface({ input: stream, crlfDelay: Infinity })
  let delimiter: Delimiter | undefined
  let line = 0
  try {
    for await (const text of lines) {
      line += 1
      const content = line === 1 ? text.replace(/^\uFEFF/, '') : text
      if (content.trim() === '') continue
      delimiter ??= mostFrequent(content)
      yield { line, cells: cellsOf(content, delimiter) }
    }
    if (failure) throw failure
  } finally {
    lines.close()
    stream.destroy()
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
