import { figuresOf } from '../demo/years/figures.ts'
import { seedYears, type SeedProgress } from '../demo/years/seed-years.ts'
import { grouped, notes, summary } from '../demo/years/summary.ts'
import { targets } from '../demo/years/targets.ts'
import { untilToldToStop } from '../instance/stop-signals.ts'
import { loadSettings } from '../settings.ts'
import { withDatabase } from './with-database.ts'

export interface DemoSeedOptions {
  months: number
  seed: number
  json?: boolean
}

const yearDays = 365

/** History through the product's own commands; Ctrl-C ends it after the ticket at hand, and the next call goes on there. */
export async function seedHistory({ months, seed, json = false }: DemoSeedOptions): Promise<void> {
  const stopping = new AbortController()
  void untilToldToStop().then(() => stopping.abort())
  const sinceMs = performance.now()
  const days = Math.round((months * yearDays) / 12)
  const line = progressLine()
  await withDatabase(loadSettings(), async (database) => {
    const outcome = await seedYears({
      database,
      seed,
      days,
      share: 1,
      signal: stopping.signal,
      onProgress: (progress) => line.show(progressText(progress, months, performance.now() - sinceMs)),
      onWait: () => line.say('another process is writing history; waiting for it to end …'),
    })
    line.end()
    const figures = await figuresOf(database, outcome)
    const { complete, newTickets } = outcome
    const seconds = Math.round((performance.now() - sinceMs) / 100) / 10
    if (json) console.log(JSON.stringify({ complete, seed, months, newTickets, seconds, figures, targets, notes }))
    else console.log(summary(figures, { newTickets, seconds, complete }))
    if (!complete) process.exitCode = 130
  })
}

function progressText({ tickets, of, openedMs, fromMs, toMs }: SeedProgress, months: number, tookMs: number): string {
  const month = Math.min(months, 1 + Math.floor(((openedMs - fromMs) / (toMs - fromMs)) * months))
  const took = Math.round(tookMs / 1_000)
  return `month ${month} of ${months} · ${grouped(tickets)} of ${grouped(of)} tickets · ${took} s`
}

const lineEveryMs = 5_000

/** One line that changes at a terminal, a line now and then where the output is kept; never on stdout. */
function progressLine() {
  const { stderr } = process
  let [shown, shownAtMs] = ['', 0]
  const write = () => void stderr.write(stderr.isTTY ? `\r\u001b[2K${shown}` : `${shown}\n`)
  return {
    show(text: string) {
      const nowMs = performance.now()
      shown = text
      if (nowMs - shownAtMs < (stderr.isTTY ? 200 : lineEveryMs)) return
      shownAtMs = nowMs
      write()
    },
    say: (text: string) => void stderr.write(`${text}\n`),
    end() {
      if (shown !== '') write()
      if (shown !== '' && stderr.isTTY) stderr.write('\n')
    },
  }
}
