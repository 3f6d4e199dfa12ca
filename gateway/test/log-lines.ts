import { createLogger, type Logger } from '@fettle/platform/logging'

export interface LogLine {
  level: number
  msg: string
  [key: string]: unknown
}

/** A logger whose lines a test can count. */
export function captureLog(): { logger: Logger; lines: LogLine[]; messages(): string[] } {
  const lines: LogLine[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) }
  const logger = createLogger({ name: 'test', level: 'info', pretty: false, destination })
  return { logger, lines, messages: () => lines.map(({ msg }) => msg) }
}
