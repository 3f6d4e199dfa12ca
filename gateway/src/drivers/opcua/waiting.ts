import { delay } from '@fettle/platform/retry'

const politenessMs = 1_000

/** Gives a farewell a moment: a dead server would never answer it. */
export async function politely(farewell: Promise<unknown>): Promise<void> {
  const answered = new AbortController()
  await Promise.race([farewell.catch(() => {}), delay(politenessMs, answered.signal).catch(() => {})])
  answered.abort()
}
