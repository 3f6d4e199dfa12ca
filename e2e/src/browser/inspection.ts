import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectGone, patienceMs } from './expectations.ts'

export const schemes = ['light', 'dark'] as const

/** Makes the page light or dark and so wide, and waits until it has followed and nothing is still loading. */
export async function showAs(page: Page, scheme: (typeof schemes)[number], width: number): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: 900 })
  await page.locator(`html[data-theme="${scheme}"]`).waitFor({ state: 'attached' })
  await expectGone(page.locator('[aria-busy="true"]'))
  // A change of colour reaches inner elements one after the other, as transitions of no visible length.
  const running = () => page.evaluate(`document.getAnimations().filter((each) => each.playState === 'running').length`)
  await expect.poll(running, { timeout: patienceMs }).toBe(0)
}

/** What axe holds against the page and calls serious or critical: rule and element, one a line. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
}

/** Nothing reaches beyond the right edge, so that nobody has to scroll sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate<Record<'scrollWidth' | 'clientWidth', number>>(
    '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
  )
  expect(scrollWidth, `width of ${page.url()} in a window of ${clientWidth}`).toBeLessThanOrEqual(clientWidth)
}
