import { existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { createLogger, type Logger, type LogLevel } from '@fettle/platform/logging'

const keepBytes = 20 * 1024 * 1024

/** Puts a log file that has grown large aside, as `….1`; called once at the start. */
export function rotateLog(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > keepBytes) renameSync(file, `${file}.1`)
}

export interface LogFileOptions {
  /** The thread or part; appears in every line. */
  name: string
  file: string
  level: LogLevel
}

/**
 * JSON lines into a file that several threads append to: each line is one write. An error is also told at the terminal, in
 * one line and not again within a minute, because nobody reads the file unless something is wrong.
 */
export function createFileLogger({ name, file, level }: LogFileOptions): Logger {
  const descriptor = openSync(file, 'a')
  const told = new Map<string, number>()
  const write = (line: string) => {
    writeSync(descriptor, line)
    const heard = errorIn(line)
    const nowMs = performance.now()
    if (heard === undefined || nowMs - (told.get(heard) ?? -Infinity) < silenceMs) return
    if (told.size > 100) told.clear()
    told.set(heard, nowMs)
    process.stderr.write(`  ! ${heard} (more in ${file})\n`)
  }
  return createLogger({ name, level, pretty: false, destination: { write } })
}

/** Warnings of Node itself, such as deprecations, are for developers: they go to the log of the thread that calls this. */
export function logNodeWarnings(logger: Logger): void {
  process.removeAllListeners('warning')
  process.on('warning', (warning) => logger.warn({ err: warning }, 'Node warns'))
}

const errorLevel = 50
const silenceMs = 60_000

/** What an error's line says, its first line alone. pino writes the level first, so other lines need no parsing. */
function errorIn(line: string): string | undefined {
  const level = Number(/^\{"level":(\d+)/.exec(line)?.[1])
  if (!(level >= errorLevel)) return undefined
  const { msg = 'something failed' } = JSON.parse(line) as { msg?: string }
  return msg.split('\n', 1)[0]
}
