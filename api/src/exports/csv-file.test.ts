import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { maxExportRows } from '@fettle/contracts/exports'
import { fastify } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { columnsOf } from './columns.ts'
import { csvFile, type ListRows } from './csv-file.ts'
import { voiceOf } from './voice.ts'

interface Line {
  readonly place: number
  readonly note: string
}
const column = columnsOf<Line>()
const columns = [column.number('序号', 'Place', ({ place }) => place), column.text('备注', 'Note', ({ note }) => note)]
const voice = voiceOf('zh', 'Asia/Shanghai')

/** A list of so many rows that counts how often it is asked for a page. */
function listOf(length: number, note = '') {
  const asked: number[] = []
  const list: ListRows<Line> = {
    columns,
    count: async (most) => Math.min(length, most),
    pageOf: async ({ limit, cursor = '0' }) => {
      const from = Number(cursor)
      asked.push(from)
      const to = Math.min(from + limit, length)
      const items = Array.from({ length: to - from }, (_, place) => ({ place: from + place, note }))
      return { items, nextCursor: to < length ? String(to) : null }
    },
  }
  return { list, asked }
}

describe('a list as a file', () => {
  it('has a head and every row once, in order, however many pages it takes', async () => {
    const { rows, content } = await csvFile(listOf(1_234).list, voice)
    const [head, ...lines] = (await text(content)).trimEnd().split('\r\n')
    expect(rows).toBe(1_234)
    // `text` takes the byte order mark away as it reads.
    expect(head).toBe('序号,备注')
    expect(lines).toEqual(Array.from({ length: 1_234 }, (_, place) => `${place},`))
  })

  it('has a head alone when the list is empty', async () => {
    expect(await text((await csvFile(listOf(0).list, voiceOf('en', 'UTC'))).content)).toBe('Place,Note\r\n')
  })

  it('is refused in front when it would be too long', async () => {
    const { list, asked } = listOf(maxExportRows + 1)
    await expect(csvFile(list, voice)).rejects.toMatchObject({ code: 'export/too-many-rows' })
    expect(asked).toEqual([])
  })

  it('breaks off rather than end early when the list grows beyond measure on the way', async () => {
    const { list } = listOf(maxExportRows + 1)
    const { content } = await csvFile({ ...list, count: () => undefined }, voice)
    await expect(text(content)).rejects.toMatchObject({ code: 'export/too-many-rows' })
  })

  it('says before the first byte what the list itself refuses', async () => {
    const pageOf = () => Promise.reject(new Error('cannot sort by colour'))
    await expect(csvFile({ ...listOf(3).list, pageOf }, voice)).rejects.toThrow('cannot sort by colour')
  })
})

describe('a reader', () => {
  const note = 'x'.repeat(400)

  it('who does not read is not read ahead for', async () => {
    const { list, asked } = listOf(50_000, note)
    const { content } = await csvFile(list, voice)
    content.read(1)
    for (let turn = 0; turn < 50; turn += 1) await setImmediate()
    expect(asked).toEqual([0])
    expect(content.readableLength).toBeLessThan(1024 * 1024)
    content.destroy()
  })

  it('who goes away ends the questions to the list', async () => {
    const { list, asked } = listOf(maxExportRows, note)
    const app = fastify({ forceCloseConnections: true })
    onTestFinished(() => app.close())
    const { content } = await csvFile(list, voice)
    app.get('/', (_, reply) => reply.send(content))
    const reading = new AbortController()
    const response = await fetch(await app.listen({ port: 0 }), { signal: reading.signal })
    await response.body?.getReader().read()
    const closed = once(content, 'close')
    reading.abort()
    await closed
    expect(asked.length).toBeLessThan(maxExportRows / 500)
    const before = asked.length
    for (let turn = 0; turn < 50; turn += 1) await setImmediate()
    expect(asked.length).toBe(before)
  })
})

describe('how a reader is spoken to', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-22 03:12:05'],
    ['UTC', '2026-11-21 19:12:05'],
    ['America/New_York', '2026-11-21 14:12:05'],
  ])('times in %s', (zone, told) => expect(voiceOf('zh', zone).time('2026-11-21T19:12:05.400Z')).toBe(told))

  it('midnight is the beginning of a day', () =>
    expect(voiceOf('en', 'UTC').time('2026-11-22T00:00:00.000Z')).toBe('2026-11-22 00:00:00'))

  it('a zone that does not exist is refused', () =>
    expect(() => voiceOf('zh', 'Asia/Linqing')).toThrow(expect.objectContaining({ code: 'request/invalid' })))
})
