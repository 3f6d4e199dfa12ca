import { clearFault, injectFault } from '@fettle/devices-sim/control-client'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium } from '../browser/chromium.ts'
import { expectGone, expectText, expectVisible } from '../browser/expectations.ts'
import { takeFailurePictures } from '../browser/failure-pictures.ts'
import {
  acceptAndClose,
  choose,
  decisionOf,
  expectFigure,
  expectState,
  goTo,
  openTicket,
  panelOf,
  takeStep,
  ticketNumberOf,
  travelToSite,
  writeReport,
} from '../browser/ticket-work.ts'
import { signIn, type Visitor, type VisitOptions } from '../browser/visitor.ts'
import type { Instance } from '../instance.ts'

const dyingFan = { key: 'AC75-2403-0117', site: { latitude: 36.6937, longitude: 115.6122 } }
const clogged = { key: 'AC75-2111-0143', site: { latitude: 22.8051, longitude: 113.8022 } }
/** From the fan's last turn to 100 °C held for 15 s, and a busy machine. */
const untilTooHotMs = 180_000

/**
 * A fan dies, its machine raises a ticket, and people bring it to its end in the browser, in Chinese; Golden A and Golden B to
 * the cent; and nobody sees it who must not. `start` starts the product with its demonstration.
 */
export function tellFanStory(start: () => Promise<Instance>): void {
  let instance: Instance
  let browser: Browser
  let isBroken = false
  const visitors: Visitor[] = []

  async function as(username: string, options?: VisitOptions) {
    const visitor = await signIn(browser, instance.url, username, options)
    visitors.push(visitor)
    return visitor.page
  }

  beforeAll(async () => {
    browser = await launchChromium()
    instance = await start()
  })
  beforeEach(({ skip }) => skip(isBroken, 'what comes before in the story failed'))
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    isBroken = true
    await takeFailurePictures(visitors)
  })
  afterAll(async () => {
    await browser?.close()
    await instance?.stop()
  })

  describe('a repair from the first sign to the margin', () => {
    /** Numbers of the two tickets and addresses of what belongs to them, for those who must not see them. */
    const fan = { number: '', ticket: '', asset: '' }
    const filter = { number: '', ticket: '' }
    let pool: Awaited<ReturnType<typeof as>>

    it('begins with a fan that dies, while the desk looks at the pool', async () => {
      pool = await as('desk')
      await goTo(pool, '工单')
      await choose(pool.getByRole('main'), '来源', '设备自报')
      await expectVisible(pool.getByText('没有符合条件的工单'))
      await injectFault(instance.simUrl, dyingFan.key, { mode: 'AC-01' })
    })

    it('Golden A: a call from Dongguan, a branch engineer, separator and filter: margin 1,310.87', async () => {
      const desk = await as('desk')
      await goTo(desk, '工单')
      await desk.getByRole('button', { name: '新建工单' }).click()
      const intake = desk.getByRole('dialog', { name: '新建工单' })
      await intake.getByLabel('设备').fill(clogged.key)
      await desk.getByText(clogged.key, { exact: true }).click()
      await intake.getByLabel('故障现象').fill('油分压差报警，排气带油')
      await intake.getByLabel('报修人').fill('邓炳权')
      await intake.getByRole('button', { name: '提交工单' }).click()
      filter.number = await ticketNumberOf(desk)
      filter.ticket = new URL(desk.url()).pathname
      await takeStep(desk, '提交派单', '待派单')

      const branch = await as('branch')
      await openTicket(branch, filter.number)
      await expectText(decisionOf(branch).getByRole('article'), /^黄俊杰/)
      await takeStep(branch, '派给 黄俊杰', '已派单')

      const phone = await as('huangjunjie', { device: 'phone', position: clogged.site })
      await openTicket(phone, filter.number)
      await travelToSite(phone)
      const parts = panelOf(phone, '备件')
      await parts.getByRole('button', { name: '领用备件' }).click()
      await choose(parts, '领料库位', '东莞网点库')
      for (const part of ['A3', 'A2']) {
        await parts.getByRole('button', { name: `领用 ${part} ` }).click()
        await parts.getByRole('button', { name: `确认领用 ${part}` }).click()
        await expectVisible(parts.getByLabel('已领用的备件').getByText(new RegExp(`^${part} `)))
      }
      await writeReport(phone, {
        failureMode: 'AC-02 油分堵塞',
        finding: '油分压差 0.09 MPa，滤芯结焦',
        work: '更换油分芯和油滤，试机压差 0.02 MPa',
        workHours: '2.5',
        travelHours: '1.2',
        travelKm: '64',
        customerName: '邓炳权',
      })

      const manager = await as('manager')
      await openTicket(manager, filter.number)
      await acceptAndClose(desk, manager)
      await expectFigure(manager, '收入（含税）', '¥3,000.00')
      await expectFigure(manager, '收入（不含税）', '¥2,654.87')
      await expectFigure(manager, '成本（不含税）', '¥1,344.00')
      await expectText(panelOf(manager, '费用与毛利'), '毛利（不含税） ¥1,310.87 49.4%')
    })

    it('raises its own ticket, which the desk sees come into the pool with its evidence', async () => {
      // The page was opened before the fault and has not been loaded again since.
      await expectVisible(pool.getByText('1# 空压机'), untilTooHotMs)
      await pool.getByText('1# 空压机').click()
      await expectState(pool, '待受理')
      fan.number = await ticketNumberOf(pool)
      fan.ticket = new URL(pool.url()).pathname

      const evidence = panelOf(pool, '报警证据')
      await expectVisible(
        evidence.getByRole('figure', { name: '报警前一小时到报警后十分钟：排气温度' }).locator('canvas'),
      )
      await expectText(evidence.getByRole('figure'), /排气温度：最低 .* °C，最高 1\d\d\.\d °C.*达到过上限 100\.0 °C/)
      await expectText(
        evidence.getByRole('region', { name: '可能的故障' }).getByRole('listitem'),
        /^AC-01 风机故障 \d\d%/,
      )

      const alarms = await as('expert')
      await goTo(alarms, '报警')
      const row = alarms.getByRole('row').filter({ hasText: dyingFan.key }).filter({ hasText: fan.number })
      await expectText(row, /排气温度 1\d\d\.\d °C/)
      await takeStep(pool, '提交派单', '待派单')
    })

    it('goes to the engineer who can, and says why the nearest cannot', async () => {
      const dispatcher = await as('dispatcher')
      await openTicket(dispatcher, fan.number)
      const decision = decisionOf(dispatcher)
      const best = decision.getByRole('article').first()
      await expectText(best, /^王振国 约 \d+ 公里/)
      await expectText(best, /有利：.*AC/)
      await decision.getByText(/\d 位不能派/).click()
      await expectText(decision.getByRole('article', { name: '孙海峰' }), /不能派：.*AC/)
      await takeStep(dispatcher, '派给 王振国', '已派单')
    })

    it('is read about, driven to and repaired by the engineer with a phone', async () => {
      const phone = await as('engineer', { device: 'phone', position: dyingFan.site })
      await openTicket(phone, fan.number)
      await phone.getByRole('link', { name: '出发前简报' }).click()
      await phone.getByRole('heading', { name: '出发前简报', level: 1 }).waitFor()
      await expectVisible(phone.getByText('走西门货运通道，门卫登记车牌'))
      await expectVisible(phone.getByText('周日 08:00–12:00'))
      await expectText(panelOf(phone, '最近七天'), /排气温度/)
      await expectText(panelOf(phone, '可能的故障，要带什么'), /AC-01 风机故障/)
      await expectText(panelOf(phone, '备件').getByRole('listitem'), /^A5 .* 随车够用/)
      await phone.getByRole('link', { name: `工单 ${fan.number}` }).click()

      await travelToSite(phone)
      await expectText(panelOf(phone, '工程师与上门'), /距现场 \d+ m/)
      const parts = panelOf(phone, '备件')
      await parts.getByRole('button', { name: '领用备件' }).click()
      await parts.getByRole('button', { name: '领用 A5 ' }).click()
      await parts.getByLabel('新件序列号').fill('YF22-2511-0342')
      await parts.getByRole('button', { name: '确认领用 A5' }).click()
      await expectText(parts.getByLabel('已领用的备件'), /A5 .*序列号 YF22-2511-0342 · 王振国 车载库/)
      await clearFault(instance.simUrl, dyingFan.key, 'AC-01')
      await writeReport(phone, {
        failureMode: 'AC-01 风机故障',
        finding: '冷却风机电机绕组烧毁，三相不平衡',
        work: '断电挂牌，更换风机电机，试机 30 分钟排气温度 86 °C',
        workHours: '2.5',
        travelHours: '1.4',
        travelKm: '110',
        customerName: '曹德胜',
      })
    })

    it('Golden B: under full contract, a supplier’s bad batch: own burden 809.00', async () => {
      const finance = await as('finance')
      await openTicket(finance, fan.number)
      const money = panelOf(finance, '费用与毛利')
      await money.getByRole('button', { name: '加一笔' }).click()
      await choose(money, '类别', '运费')
      await choose(money, '承担方', '合同承担')
      await money.getByLabel('说明').fill('旧件返厂运费')
      await money.getByLabel('单价（元）').fill('25')
      await money.getByRole('button', { name: '确认加入' }).click()
      await expectFigure(finance, '成本（不含税）', '¥1,959.00')
      await money.getByRole('button', { name: '加一笔' }).click()
      await choose(money, '方向', '索赔')
      await choose(money, '类别', '备件')
      await money.getByLabel('说明').fill('批次 2403 风机电机，向供应商索赔')
      await money.getByLabel('单价（元）').fill('1150')
      await money.getByRole('button', { name: '确认加入' }).click()

      const manager = await as('manager')
      await openTicket(manager, fan.number)
      await acceptAndClose(pool, manager)
      await expectFigure(manager, '收入（不含税）', '¥0.00')
      await expectFigure(manager, '成本（不含税）', '¥1,959.00')
      await expectFigure(manager, '可索赔', '¥1,150.00')
      await expectFigure(manager, '我方承担', '¥809.00')
    })

    it('stands in the file of the machine', async () => {
      const quality = await as('quality')
      await openTicket(quality, fan.number)
      await quality.getByRole('link', { name: '1# 空压机' }).click()
      fan.asset = new URL(quality.url()).pathname
      await quality.getByRole('tab', { name: '履历' }).click()
      const life = quality.getByRole('tabpanel', { name: '履历' }).getByRole('listitem')
      for (const entry of [/^排气温度高高?报.*报警/, /工单.*/, /^上门维修.*王振国/, /^更换 .* YF22-2511-0342.*换件/]) {
        await expectVisible(life.filter({ hasText: fan.number }).filter({ hasText: entry }))
      }
      await quality.getByRole('tab', { name: '部件' }).click()
      const fitted = quality.getByRole('row').filter({ hasText: 'YF22-2511-0342' })
      await expectText(fitted, new RegExp(`在用 ${fan.number}`))
      const removed = quality.getByRole('row').filter({ hasText: 'YF22-2403-0586' })
      await expectGone(removed.filter({ hasText: '在用' }))
    })

    it('is seen by its customer', async () => {
      const customer = await as('dingzhou')
      await openTicket(customer, fan.number)
      await expectState(customer, '已关闭')
    })

    it.each([['chenzhiqiang'], ['customer']])('is not seen by %s, of another region or company', async (username) => {
      const outsider = await as(username)
      for (const { number, ticket } of [fan, filter]) {
        await goTo(outsider, '工单')
        await outsider.getByLabel('范围').getByText('全部', { exact: true }).click()
        await outsider.getByLabel('搜索工单号、设备、客户').fill(number)
        await expectVisible(outsider.getByText('没有符合条件的工单'))
        await outsider.goto(ticket)
        await expectVisible(outsider.getByRole('alert').getByText('没有找到'))
      }
      await goTo(outsider, '设备')
      await outsider.getByLabel('名称、编号、出厂号').fill(dyingFan.key)
      await expectVisible(outsider.getByText('没有符合条件的设备'))
      await outsider.goto(fan.asset)
      await expectVisible(outsider.getByRole('alert').getByText('没有找到'))
    })

    it('left nobody’s browser with an error', () => {
      expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([])
    })
  })
}
