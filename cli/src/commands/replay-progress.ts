import type { RecordingFacts } from '@fettle/devices-sim/replay/recording'
import type { Sample } from '@fettle/devices-sim/replay/sample'

/** What has been read so far, told on standard error while it goes on. */
export interface ReplayProgress {
  taken(sample: Sample): void
  /** Ends the telling. */
  stop(): ReplayTally
}

/** `seconds` run from the first sample that was read to the last. */
export interface ReplayTally {
  taken: number
  seconds: number
  rowsPerSecond: number
}

interface Terminal {
  isTTY?: boolean
  write(text: string): unknown
}

/** One line that is written over again on a terminal, a line now and then elsewhere. */
const everyMs = { terminal: 500, elsewhere: 10_000 }

export function startProgress({ rows }: RecordingFacts, terminal: Terminal): ReplayProgress {
  let taken = 0
  let atMs = NaN
  let firstMs = NaN
  let newestMs = NaN
  let toldRows = 0
  let toldMs = performance.now()
  let told = ''

  function tell(): void {
    const nowMs = performance.now()
    const pace = ((taken - toldRows) * 1_000) / (nowMs - toldMs)
    const line =
      taken === 0
        ? 'waiting for a reader'
        : `${count(taken)} of ${count(rows)} rows, at ${instant(atMs)}, ${count(pace)} rows/s`
    if (line !== told) terminal.write(terminal.isTTY ? `\r\u001B[K${line}` : `${line}\n`)
    told = line
    toldRows = taken
    toldMs = nowMs
  }
  const timer = setInterval(tell, terminal.isTTY ? everyMs.terminal : everyMs.elsewhere)

  return {
    taken({ tsMs }) {
      taken += 1
      atMs = tsMs
      newestMs = performance.now()
      if (taken === 1) firstMs = newestMs
    },
    stop() {
      clearInterval(timer)
      if (terminal.isTTY) terminal.write('\r\u001B[K')
      const seconds = taken > 1 ? (newestMs - firstMs) / 1_000 : 0
      return { taken, seconds, rowsPerSecond: seconds > 0 ? (taken - 1) / seconds : 0 }
    },
  }
}

export const count = (number: number): string => Math.round(number).toLocaleString('en')

/** To the second, UTC. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`
