import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Position } from '@fettle/contracts/scalars'
import { patienceMs } from './expectations.ts'

export interface Visitor {
  /** Empty for somebody who did not sign in. */
  readonly username: string
  readonly page: Page
  /** What the browser held against the page: errors on its console, exceptions nobody caught, answers of 500 and more. */
  readonly complaints: readonly string[]
}

export interface VisitOptions {
  /** Default: a desk of 1440 × 900. */
  device?: 'desk' | 'phone'
  /** Where the device is, when its owner lets pages know. */
  position?: Position
}

const devices = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>

/** The password of every demonstration account. */
const password = 'fettle-demo'

/** A browser of its own for one person, Chinese and in China’s zone, on a page that is still empty. */
export async function visit(browser: Browser, origin: string, options: VisitOptions = {}): Promise<Visitor> {
  const { device = 'desk', position } = options
  const context = await browser.newContext({
    ...devices[device],
    baseURL: origin,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(position ? { geolocation: position, permissions: ['geolocation'] } : {}),
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  return { username: '', page, complaints: collectComplaints(page) }
}

/** Signs in as a person does, on the sign-in page; ends on the overview. */
export async function signIn(
  browser: Browser,
  origin: string,
  username: string,
  options: VisitOptions = {},
): Promise<Visitor> {
  const visitor = await visit(browser, origin, options)
  const { page } = visitor
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '总览', level: 1 }).waitFor()
  return { ...visitor, username }
}

function collectComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    // That the server refused something is for the test to expect or not; the console says it for every 4xx.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} from ${response.url()}`)
  })
  return complaints
}
