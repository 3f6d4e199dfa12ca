import { systemClock } from '@fettle/platform/clock'
import type { DriverContext, DriverKind, Problem, Reading, Sink } from '../src/driver.ts'
import { readSection } from '../src/section.ts'

/** A driver under test: everything it said, and how its run ended. */
export interface DriverRun {
  readings: Reading[]
  problems: Map<string, Problem>
  /** Every report, in order. */
  reports: Problem[]
  ups: number
  /** Values of a signal in order of arrival. */
  values(signal: string): unknown[]
  /** Starts another run of the same driver, as the supervisor does; resolves when that run ends. */
  start(sink?: Sink): Promise<void>
  stop(): void
}

/** Compiles `config` as the loader does and prepares a driver without a supervisor. */
export function runDriver(kind: DriverKind, config: unknown, overrides: Partial<DriverContext> = {}): DriverRun {
  const readings: Reading[] = []
  const problems = new Map<string, Problem>()
  const reports: Problem[] = []
  const section = readSection(kind.schema, config)
  const complaints = section.ok ? kind.check(section.value) : section.complaints
  if (!section.ok || complaints.length > 0) throw new Error(JSON.stringify(complaints))
  let controller = new AbortController()
  const run: DriverRun = {
    readings,
    problems,
    reports,
    ups: 0,
    values: (signal) => readings.filter((reading) => reading[1] === signal).map((reading) => reading[3]),
    start(sink = async (batch) => void readings.push(...batch)) {
      controller = new AbortController()
      return driver.run(sink, controller.signal)
    },
    stop: () => controller.abort(),
  }
  const driver = kind.create(section.value, {
    gateway: 'GW-TEST',
    source: 'under-test',
    dataDir: '/nonexistent', // a test of a driver that uses it gives a folder
    clock: systemClock,
    up: () => (run.ups += 1),
    report(problem) {
      reports.push(problem)
      problems.set(problem.subject, problem)
    },
    solved: (subject) => problems.delete(subject),
    ...overrides,
  })
  return run
}
