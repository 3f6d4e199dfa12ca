import type { Locator, Page } from 'playwright-core'
import { expectGone, expectText, expectVisible } from './expectations.ts'

/** Opens a page of the main navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** Finds a ticket in the pool by its number, whatever its state, and opens it. */
export async function openTicket(page: Page, number: string): Promise<void> {
  await goTo(page, '工单')
  await page.getByLabel('范围').getByText('全部', { exact: true }).click()
  await page.getByLabel('搜索工单号、设备、客户').fill(number)
  await page.getByText(number, { exact: true }).click()
  await expectVisible(decisionOf(page))
}

/** The panel of a ticket’s page that says where it stands and what comes next. */
export const decisionOf = (page: Page): Locator => page.getByRole('region', { name: '当前状态' })

export const panelOf = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true })

export async function expectState(page: Page, state: string): Promise<void> {
  await expectText(decisionOf(page), new RegExp(`^当前状态 状态： ?${state} `))
}

/** Presses the button of a step that needs nothing else and waits for the state that it leads to. */
export async function takeStep(page: Page, step: string, reached: string): Promise<void> {
  await decisionOf(page).getByRole('button', { name: step, exact: true }).click()
  await expectState(page, reached)
}

/** The number in the line above the title, such as WX-LC-261122-007. */
export async function ticketNumberOf(page: Page): Promise<string> {
  await expectVisible(decisionOf(page))
  const text = await page.getByRole('main').innerText()
  const number = /[A-Z]{2}-[A-Z]+-\d{6}-\d{3,}/.exec(text)?.[0]
  if (!number) throw new Error(`no ticket number on ${page.url()}`)
  return number
}

/** Chooses from a list box of a form. */
export async function choose(within: Locator, label: string, option: string | RegExp): Promise<void> {
  await within.getByLabel(label, { exact: true }).click()
  // One that is on its way out can neither be seen nor pressed; on a busy machine its animation may never tell its end.
  const list = within.page().locator('.ant-select-dropdown:not([class*="-leave"])').filter({ visible: true })
  await list.getByText(option, { exact: true }).click()
  await expectGone(list)
}

/** Accepts the job, agrees on an appointment, travels and arrives. */
export async function travelToSite(page: Page): Promise<void> {
  await takeStep(page, '接单', '已接单')
  await decisionOf(page).getByRole('button', { name: '预约上门', exact: true }).click()
  await takeStep(page, '确认预约', '已预约')
  await takeStep(page, '出发', '途中')
  await takeStep(page, '到场打卡', '维修中')
}

export interface Report {
  failureMode: string
  finding: string
  work: string
  workHours: string
  travelHours: string
  travelKm: string
  customerName: string
}

/** Fills in the completion report and hands it in; the form closes and leaves the engineer at the new state. */
export async function writeReport(page: Page, report: Report): Promise<void> {
  await decisionOf(page).getByRole('button', { name: '提交完工报告', exact: true }).click()
  const form = page.getByRole('region', { name: '提交完工报告', exact: true })
  await choose(form, '故障模式', report.failureMode)
  await form.getByLabel('现场发现').fill(report.finding)
  await form.getByLabel('处理措施').fill(report.work)
  await form.getByLabel('维修工时').fill(report.workHours)
  await form.getByLabel('路途工时').fill(report.travelHours)
  await form.getByLabel('往返里程').fill(report.travelKm)
  await form.getByLabel('客户签认人').fill(report.customerName)
  await takeStep(page, '提交报告并离场', '待客户确认')
  await expectVisible(decisionOf(page).locator('p:focus'))
}

/** Desk confirms for the customer, the manager approves, the desk closes. Each page follows by itself. */
export async function acceptAndClose(desk: Page, manager: Page): Promise<void> {
  await takeStep(desk, '确认修好', '待复核')
  await takeStep(manager, '复核通过', '待回访')
  await takeStep(desk, '回访完成，关闭', '已关闭')
  await expectState(manager, '已关闭')
}

/** One of the figures at the head of a ticket’s money, such as `成本（不含税）`. */
export async function expectFigure(page: Page, name: string, amount: string): Promise<void> {
  const money = panelOf(page, '费用与毛利')
  await expectText(money.locator('dl > div').filter({ hasText: name }).getByRole('definition'), amount)
}
