import { listAssets } from '@fettle/contracts/assets'
import { createClient } from '@fettle/contracts/client'
import { signIn as startSession } from '@fettle/contracts/session'
import { getTicketEvidence, listTickets } from '@fettle/contracts/tickets'
import { stepSignal } from '@fettle/devices-sim/control-client'
import { eventually } from '@fettle/testing/eventually'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './browser/chromium.ts'
import { expectVisible } from './browser/expectations.ts'
import { takeFailurePictures } from './browser/failure-pictures.ts'
import { expectNoOverflow, schemes, seriousViolations, showAs } from './browser/inspection.ts'
import { decisionOf, panelOf } from './browser/ticket-work.ts'
import { signIn, visit, type Visitor } from './browser/visitor.ts'
import { startInstance, type Instance } from './instance.ts'

const machine = 'AC75-2403-0117'
const widths = [1440, 390]
const narrowest = 360

let instance: Instance
let browser: Browser
let stranger: Visitor
let manager: Visitor
let address: { asset: string; ticket: string }

beforeAll(async () => {
  browser = await launchChromium()
  instance = await startInstance({ demo: true })
  stranger = await visit(browser, instance.url)
  manager = await signIn(browser, instance.url, 'manager')
  address = await untilMachineRaisesTicket()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takeFailurePictures([stranger, manager])
})
afterAll(async () => {
  await browser?.close()
  await instance?.stop()
})

type Look = readonly [scheme: (typeof schemes)[number], width: number]
const everyLook: readonly Look[] = schemes.flatMap((scheme) => widths.map((width) => [scheme, width] as const))
/** For pages that are made of the same pieces as the others. */
const twoLooks: readonly Look[] = [
  ['light', 1440],
  ['dark', 390],
]

interface PageToSee {
  readonly name: string
  readonly path: string | (() => string)
  /** What stands on it once it is complete. */
  readonly complete: (page: Page) => Locator
  readonly looks: readonly Look[]
}

const pages: readonly PageToSee[] = [
  { name: 'overview', path: '/', complete: (page) => panelOf(page, '设备群').getByText(machine), looks: everyLook },
  { name: 'assets', path: '/assets', complete: (page) => page.getByText(machine), looks: everyLook },
  { name: 'asset file', path: () => address.asset, complete: (page) => page.locator('canvas'), looks: everyLook },
  { name: 'alarms', path: '/alarms', complete: (page) => page.getByText(machine), looks: everyLook },
  { name: 'pool', path: '/tickets', complete: (page) => page.getByText('1# 空压机'), looks: everyLook },
  {
    name: 'ticket',
    path: () => address.ticket,
    complete: (page) => panelOf(page, '报警证据').locator('canvas'),
    looks: everyLook,
  },
  {
    name: 'brief',
    path: () => `${address.ticket}/brief`,
    complete: (page) => panelOf(page, '可能的故障，要带什么').getByRole('listitem'),
    looks: everyLook,
  },
  { name: 'parts', path: '/parts', complete: (page) => page.getByText('风机电机'), looks: twoLooks },
  { name: 'customers', path: '/customers', complete: (page) => page.getByText('鼎轴轴承'), looks: twoLooks },
  { name: 'rules', path: '/rules', complete: (page) => page.getByText('排气温度'), looks: twoLooks },
  { name: 'gateways', path: '/gateways', complete: (page) => page.getByText('GW-LC-01'), looks: twoLooks },
  { name: 'audit', path: '/audit', complete: (page) => page.getByText('赵立群'), looks: twoLooks },
]

it.each(pages)('$name: light and dark, wide and narrow, for everybody', async ({ path, complete, looks }) => {
  await expectFitForAll(manager, typeof path === 'string' ? path : path(), complete, looks)
})

it('sign-in: light and dark, wide and narrow, for everybody', () =>
  expectFitForAll(stranger, '/sign-in', (page) => page.getByText('演示账号'), everyLook))

it('the dispatcher’s ticket, with the engineers and their reasons open', async () => {
  const { page } = await signIn(browser, instance.url, 'dispatcher')
  await page.goto(address.ticket)
  await decisionOf(page).getByRole('button', { name: '提交派单' }).click()
  await decisionOf(page)
    .getByText(/位不能派/)
    .click()
  for (const scheme of schemes) {
    await showAs(page, scheme, narrowest)
    await expectNoOverflow(page)
    expect(await seriousViolations(page)).toEqual([])
  }
})

/** No serious violation, no sideways scrolling in any look nor on the narrowest phone, and nothing on the console. */
async function expectFitForAll(
  { page, complaints }: Visitor,
  path: string,
  complete: PageToSee['complete'],
  looks: readonly Look[],
): Promise<void> {
  await page.setViewportSize({ width: widths[0]!, height: 900 })
  await page.goto(path)
  await expectVisible(complete(page))
  const violations: string[] = []
  for (const [scheme, width] of looks) {
    await showAs(page, scheme, width)
    for (const violation of await seriousViolations(page)) violations.push(`${scheme} ${width}: ${violation}`)
    await expectNoOverflow(page)
  }
  await showAs(page, 'light', narrowest)
  await expectNoOverflow(page)
  expect(violations).toEqual([])
  expect(complaints).toEqual([])
}

/** A compressor’s thermometer shows 101 °C from now on; resolves when its ticket has the evidence. */
async function untilMachineRaisesTicket(): Promise<{ asset: string; ticket: string }> {
  await stepSignal(instance.simUrl, machine, 'discharge_temperature', 101)
  const { token } = await createClient({ origin: instance.url })(startSession, {
    body: { username: 'manager', password: 'fettle-demo' },
  })
  const call = createClient({ origin: instance.url, token: () => token })
  const { items } = await call(listAssets, { querystring: { q: machine } })
  const assetId = items[0]!.id
  const raised = async () => {
    const { items: tickets } = await call(listTickets, { querystring: { assetId, source: 'alarm', open: true } })
    const ticketId = tickets[0]!.id
    const evidence = await call(getTicketEvidence, { params: { ticketId } })
    return evidence.items.length > 0 && ticketId
  }
  const ticketId = await eventually(raised, { what: 'the ticket with its evidence', timeoutMs: 120_000, everyMs: 500 })
  return { asset: `/assets/${assetId}`, ticket: `/tickets/${ticketId}` }
}
