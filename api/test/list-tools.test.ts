import { listAudit } from '@fettle/contracts/audit'
import { createTicket, listTickets } from '@fettle/contracts/tickets'
import { deleteView, listViews, maxViewsPerList, saveView } from '@fettle/contracts/views'
import { tickets } from '@fettle/db/schema/tickets'
import { uuidv7 } from '@fettle/platform/ids'
import { describe, expect, it } from 'vitest'
import { testApi } from './test-api.ts'

const { url, as, company, deps, tokenOf } = await testApi()
const { db } = deps.database

/** An export as a spreadsheet sees it: fields here hold no commas, quotes or line ends unless a test says so. */
async function exported(username: string, path: string) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(username)}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const [head = '', ...lines] = bytes
    .toString()
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1)
  const names = head.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
  return { response, bytes, names, rows }
}
const refused = async (username: string, path: string) => {
  const { response, bytes } = await exported(username, path)
  return { status: response.status, problem: JSON.parse(bytes.toString()) as object }
}

async function reportFaults(title: string, count: number) {
  const desk = await as('desk')
  const report = { type: 'repair', source: 'phone', priority: 'normal', description: '' } as const
  const { ticket } = await desk(createTicket, { body: { ...report, assetId: company.assetLinqing, title } })
  const [like] = await db.select().from(tickets)
  if (!like) throw new Error('no ticket')
  const copies = Array.from({ length: count - 1 }, (_, place) => ({
    ...like,
    id: uuidv7(),
    number: `${like.number}-${place}`,
    createdAt: new Date(like.createdAt.getTime() - place * 60_000),
  }))
  if (copies.length > 0) await db.insert(tickets).values(copies)
  return ticket
}

describe('an export', () => {
  it('holds what the list holds: filters, search, order and scope, over all pages', async () => {
    await reportFaults('=1+1 漏油', 620)
    const manager = await as('manager')
    const listed: string[] = []
    let cursor: string | null | undefined
    do {
      const querystring = { open: true, q: '漏油', sort: 'number', limit: 200, ...(cursor ? { cursor } : {}) }
      const page = await manager(listTickets, { querystring })
      listed.push(...page.items.map(({ number }) => number))
      cursor = page.nextCursor
    } while (cursor)
    const { response, bytes, rows } = await exported(
      'manager',
      'tickets/export?open=true&q=漏油&sort=number&zone=UTC&language=en',
    )
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="tickets-\d{4}-\d\d-\d\d\.csv"$/)
    expect(response.headers.get('x-export-rows')).toBe('620')
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(rows.map((row) => row['Number'])).toEqual(listed)
    expect(rows[0]).toMatchObject({ Title: "'=1+1 漏油", State: 'Received', Customer: '鼎轴轴承' })
    expect(rows[0]?.['Opened (UTC)']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    for (const outsider of ['branch', 'customer-qipei', 'engineer-suzhou']) {
      expect((await exported(outsider, 'tickets/export')).rows).toEqual([])
    }
  })

  it('speaks the reader’s language and names the zone of its times', async () => {
    const { names } = await exported('manager', 'tickets/export?zone=America/New_York')
    expect(names).toEqual(expect.arrayContaining(['工单号', '优先级', '建单时间（America/New_York）']))
  })

  it('has what things cost only for those who see money', async () => {
    const { rows, names } = await exported('finance', 'parts/export?q=A3')
    expect(rows).toEqual([expect.objectContaining({ 备件编码: 'A3', '成本，不含税（元）': '900.00', 库存: '2' })])
    expect((await exported('engineer', 'parts/export?q=A3')).names).toEqual(
      names.filter((name) => !name.startsWith('成本')),
    )
    expect((await exported('storekeeper', 'stock/movements/export')).names).not.toContain('成本单价，不含税（元）')
  })

  it('masks the numbers of contacts for those who do not call', async () => {
    const contacts = async (username: string) =>
      (await exported(username, 'customers/export')).rows.map((row) => row['联系人'])
    expect(await contacts('desk')).toEqual(['赵工 13800136021', '赵工 13800136021'])
    expect(await contacts('finance')).toEqual(['赵工 138****6021', '赵工 138****6021'])
  })

  it('of machines keeps those in a state, and says no number before it has looked', async () => {
    const { response, rows } = await exported('manager', 'assets/export?state=unknown&language=en')
    expect(response.headers.has('x-export-rows')).toBe(false)
    expect(rows.map((row) => row['Asset key'])).toEqual(['AC75-2111-0143', 'AC75-2403-0117'])
    expect((await exported('manager', 'assets/export?state=running')).rows).toEqual([])
    expect((await exported('customer', 'assets/export')).response.headers.get('x-export-rows')).toBe('1')
    expect((await exported('manager', 'alarms/export')).rows).toEqual([])
  })

  it('is on the audit trail with what was asked for', async () => {
    await exported('expert', 'parts/export?modelFamily=P')
    const { items } = await (await as('admin'))(listAudit, { querystring: { limit: 200 } })
    expect(items.find(({ actor, operation }) => actor === 'expert' && operation === 'exportParts')).toMatchObject({
      entity: 'part',
      outcome: 200,
      detail: { query: { modelFamily: 'P' }, rows: 1 },
    })
  })

  it.each([
    ['a zone that does not exist', 'tickets/export?zone=Asia/Linqing'],
    ['an order that the list does not have', 'tickets/export?sort=colour'],
    ['a language that nobody speaks here', 'tickets/export?language=fr'],
    ['a misspelt filter', 'tickets/export?colour=red'],
    ['a cursor, for a file has no pages', 'tickets/export?cursor=abc'],
  ])('refuses %s before the first byte', async (_, path) => {
    expect(await refused('manager', path)).toMatchObject({ status: 400, problem: { code: 'request/invalid' } })
  })

  it('is not given without end to one person, and is to another', async () => {
    const statuses: number[] = []
    for (let call = 0; call < 11; call += 1) statuses.push((await exported('quality', 'alarms/export')).response.status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
    expect((await exported('dispatcher', 'alarms/export')).response.status).toBe(200)
  })
})

describe('views of a list', () => {
  const content = { search: { q: 'AC75', overdue: true, sort: '-number' }, hiddenColumns: ['priority'] }
  const save = async (username: string, name: string, more: { list?: 'tickets' | 'assets'; overwrite?: true } = {}) =>
    (await as(username))(saveView, { body: { list: 'tickets', name, content, ...more } })
  const names = async (username: string, list: 'tickets' | 'assets' = 'tickets') =>
    (await (await as(username))(listViews, { querystring: { list } })).items.map(({ name }) => name)

  it('are kept as they were saved, by list and by person', async () => {
    const saved = await save('desk', '我的超时单')
    await save('desk', '我的超时单', { list: 'assets' })
    await save('dispatcher', '我的超时单')
    const { items } = await (await as('desk'))(listViews, { querystring: { list: 'tickets' } })
    expect(items).toEqual([saved])
    expect(saved.content).toEqual(content)
    expect(await names('expert')).toEqual([])
  })

  it('are replaced only where that is said', async () => {
    const first = await save('manager', '待派单')
    await expect(save('manager', '待派单')).rejects.toMatchObject({ status: 409, problem: { code: 'view/name-taken' } })
    const call = await as('manager')
    const changed = { search: { assigned: false }, hiddenColumns: [] }
    const body = { list: 'tickets', name: '待派单', content: changed, overwrite: true } as const
    expect(await call(saveView, { body })).toEqual({ ...first, content: changed })
    expect(await names('manager')).toEqual(['待派单'])
  })

  it('are deleted by their owner alone', async () => {
    const { id: viewId } = await save('expert', '临时')
    const notFound = { status: 404, problem: { code: 'resource/not-found' } }
    await expect((await as('manager'))(deleteView, { params: { viewId } })).rejects.toMatchObject(notFound)
    const owner = await as('expert')
    expect(await owner(deleteView, { params: { viewId } })).toBeUndefined()
    await expect(owner(deleteView, { params: { viewId } })).rejects.toMatchObject(notFound)
    expect(await names('expert')).toEqual([])
  })

  it('are so many and no more, however many are saved at once', async () => {
    const saving = Array.from({ length: maxViewsPerList + 2 }, (_, place) => save('finance', `视图 ${place}`))
    const answers = await Promise.allSettled(saving)
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    const tooMany = { status: 409, problem: { code: 'view/too-many', context: { limit: maxViewsPerList } } }
    expect(refusals).toMatchObject([tooMany, tooMany])
    const [kept = ''] = await names('finance')
    await expect(save('finance', kept, { overwrite: true })).resolves.toMatchObject({ name: kept })
    expect(await names('finance', 'assets')).toEqual([])
  })

  it.each([' 前有空格', '', 'x'.repeat(61)])('have a name: %j is none', async (name) => {
    await expect(save('desk', name)).rejects.toMatchObject({ status: 400, problem: { code: 'request/invalid' } })
  })
})
