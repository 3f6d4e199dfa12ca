/** Lines for the person who waits at the terminal. */
export interface Progress {
  /** Runs a step and tells afterwards what came of it and how long it took. */
  step<T>(name: string, work: () => Promise<T>, outcome: string | ((result: T) => string)): Promise<T>
  /** A step takes long: what it does now. */
  note(name: string, text: string): void
  say(text: string): void
}

const nameWidth = 12
const outcomeWidth = 46

export function createProgress(write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Progress {
  return {
    async step(name, work, outcome) {
      const sinceMs = performance.now()
      const result = await work()
      const told = typeof outcome === 'string' ? outcome : outcome(result)
      write(`  ${name.padEnd(nameWidth)}${told.padEnd(outcomeWidth)}${seconds(performance.now() - sinceMs)}`)
      return result
    },
    note: (name, text) => write(`  ${name.padEnd(nameWidth)}${text} …`),
    say: write,
  }
}

export const silentProgress: Progress = { step: (_, work) => work(), note: () => {}, say: () => {} }

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
