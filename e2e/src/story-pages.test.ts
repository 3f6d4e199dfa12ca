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

/** Every main page: who looks at it, where it is, and what stands on it once it is complete. */
const pages: [name: string, look: () => { visitor: Visitor; path: string }, complete: (page: Page) => Locator][] = [
  ['sign-in', () => ({ visitor: stranger, path: '/sign-in' }), (page) => page.getByText('演示账号')],
  ['overview', () => ({ visitor: manager, path: '/' }), (page) => panelOf(page, '设备群').getByText(machine)],
  ['assets', () => ({ visitor: manager, path: '/assets' }), (page) => page.getByText(machine)],
  ['asset file', () => ({ visitor: manager, path: address.asset }), (page) => page.locator('canvas')],
  ['alarms', () => ({ visitor: manager, path: '/alarms' }), (page) => page.getByText(machine)],
  ['pool', () => ({ visitor: manager, path: '/tickets' }), (page) => page.getByText('1# 空压机')],
  ['ticket', () => ({ visitor: manager, path: address.ticket }), (page) => panelOf(page, '报警证据').locator('canvas')],
  [
    'brief',
    () => ({ visitor: manager, path: `${address.ticket}/brief` }),
    (page) => panelOf(page, '可能的故障，要带什么').getByRole('listitem'),
  ],
]

it.each(pages)('%s: light and dark, wide and narrow, for everybody', async (_, look, complete) => {
  const { visitor, path } = look()
  const { page } = visitor
  await page.setViewportSize({ width: widths[0]!, height: 900 })
  await page.goto(path)
  await expectVisible(complete(page))
  const found: string[] = []
  for (const scheme of schemes) {
    for (const width of widths) {
      await showAs(page, scheme, width)
      for (const violation of await seriousViolations(page)) found.push(`${scheme} ${width}: ${violation}`)
      await expectNoOverflow(page)
    }
  }
  await showAs(page, 'light', narrowest)
  await expectNoOverflow(page)
  expect(found).toEqual([])
  expect(visitor.complaints).toEqual([])
})

it('the dispatcher’s ticket, with the engineers and their reasons open', async () => {
  const { page } = await signIn(browser, instance.url, 'dispatcher')
  await page.goto(address.ticket)
  await decisionOf(page).getByRole('button', { name: '转派单' }).click()
  await decisionOf(page)
    .getByText(/位不能派/)
    .click()
  for (const scheme of schemes) {
    await showAs(page, scheme, narrowest)
    await expectNoOverflow(page)
    expect(await seriousViolations(page)).toEqual([])
  }
})

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
