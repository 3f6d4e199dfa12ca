import type { Logger } from '@fettle/platform/logging'

/** What must be undone, in reverse order of how it was done. */
export interface Teardown {
  add(name: string, undo: () => Promise<unknown>): void
  /** Undoes everything once; what fails or takes longer than its time is logged and does not keep the rest from it. */
  run(): Promise<void>
}

const stepTimeoutMs = 10_000

export function createTeardown(logger: Logger): Teardown {
  const steps: { name: string; undo: () => Promise<unknown> }[] = []
  let running: Promise<void> | undefined

  async function undoAll(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) {
      const { name, undo } = step
      try {
        await withinTime(undo(), stepTimeoutMs)
        logger.info({ service: name }, 'stopped')
      } catch (error) {
        logger.error({ service: name, err: error }, `${name} did not stop cleanly`)
      }
    }
  }

  return {
    add: (name, undo) => void steps.push({ name, undo }),
    run: () => (running ??= undoAll()),
  }
}

async function withinTime(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    await Promise.race([work, expired])
  } finally {
    clearTimeout(timer)
  }
}
