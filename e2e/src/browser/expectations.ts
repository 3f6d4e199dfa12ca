import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** How long a condition may take on a busy machine; an idle one needs a fraction. */
export const patienceMs = 60_000

/** Waits until it can be seen. */
export async function expectVisible(locator: Locator, timeoutMs = patienceMs): Promise<void> {
  await locator.first().waitFor({ state: 'visible', timeout: timeoutMs })
}

/** Waits until nothing of it can be seen. */
export async function expectGone(locator: Locator): Promise<void> {
  await expect.poll(() => locator.filter({ visible: true }).count(), { timeout: patienceMs }).toBe(0)
}

/** Waits until its text matches; runs of white space count as one space. */
export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  const read = async () => (await locator.first().innerText()).replaceAll(/\s+/g, ' ').trim()
  await expect.poll(read, { timeout: patienceMs }).toMatch(text)
}
