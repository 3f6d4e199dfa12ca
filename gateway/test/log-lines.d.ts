import { type Logger } from '@fettle/platform/logging'
export interface LogLine {
  level: number
  msg: string
  [key: string]: unknown
}
/** A logger whose lines a test can count. */
export declare function captureLog(): {
  logger: Logger
  lines: LogLine[]
  messages(): string[]
}
