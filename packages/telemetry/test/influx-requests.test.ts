import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { select } from '../src/influx/influx-http.ts'
import { createLineWriter } from '../src/influx/line-writer.ts'
import { linePrefix, lineOf, type Points } from '../src/influx/lines.ts'
import { prepareInflux } from '../src/influx/prepare.ts'
import { readBuckets, readPoints } from '../src/influx/read-points.ts'
import type { InfluxSettings } from '../src/influx/settings.ts'
import { influxRecorder, type Answer, type Recorded } from './influx-recorder.ts'

/*
 * What 2.x and 3.x are asked, by their documentation: there is no such server here. How 1.x answers is tried on a real one, in
 * influx-store.servers.test.ts.
 */

const asset = { assetId: 'a-1', customerId: 'c-1', siteId: 's-1', modelId: 'm-1' }
const start = Date.UTC(2026, 10, 22, 3)

function points(...values: number[]): Points {
  return {
    series: 7,
    asset,
    position: 1,
    prefix: linePrefix(asset, 'x-1'),
    times: values.map((_, i) => start + i),
    values,
    qualities: values.map(() => 0),
  }
}

async function version2(answer: (request: Recorded) => Answer | Promise<Answer>, bucket = 'fettle') {
  const { url, requests } = await influxRecorder(answer)
  const [database = '', retentionPolicy = 'autogen'] = bucket.split('/')
  const access = { kind: 'token', token: 'secret==', org: '沃衡' } as const
  return { influx: { url, access, bucket, database, retentionPolicy } satisfies InfluxSettings, requests }
}
const accepted: Answer = { status: 204 }
const refusal = (dropped: number): Answer => ({
  status: 422,
  body: {
    code: 'unprocessable entity',
    message:
      'failure writing points to database: partial write: field type conflict: input field "value" on measurement ' +
      `"reading" is type float, already exists as type integer dropped=${dropped}`,
  },
})

describe('writing to 2.x', () => {
  it('asks for the bucket of the organisation, with the token, in milliseconds', async () => {
    const { influx, requests } = await version2(() => accepted)
    const writer = createLineWriter(influx)
    expect(await writer.write([points(71.25, NaN)])).toEqual([])
    writer.close()
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v2/write',
        parameters: { org: '沃衡', bucket: 'fettle', precision: 'ms' },
        headers: { authorization: 'Token secret==' },
      },
    ])
    expect(requests[0]?.body.trim().split('\n')).toEqual([
      `reading,asset=a-1,customer=c-1,model=m-1,signal=x-1,site=s-1 value=71.25,quality=0i ${start}`,
      `reading,asset=a-1,customer=c-1,model=m-1,signal=x-1,site=s-1 quality=3i ${start + 1}`,
    ])
  })

  it('finds out which points are refused, and that all the others were taken', async () => {
    const isBad = (line: string) => /value=-/.test(line)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40 }), async (values) => {
        const taken = new Set<string>()
        const { influx } = await version2(({ body }) => {
          const lines = body.trim().split('\n')
          for (const line of lines) if (!isBad(line)) taken.add(line)
          const bad = lines.filter(isBad).length
          return bad > 0 ? refusal(bad) : accepted
        })
        const writer = createLineWriter(influx, { pointsPerRequest: 13 })
        const given = points(...values)
        const refused = await writer.write([given])
        const all = values.map((value, i) => ({ value, at: start + i, line: lineOf(given, i) }))
        const [bad, good] = [all.filter(({ value }) => value < 0), all.filter(({ value }) => value >= 0)]
        expect(refused.map(({ atMs }) => atMs).toSorted((a, b) => a - b)).toEqual(bad.map(({ at }) => at))
        expect(taken).toEqual(new Set(good.map(({ line }) => line)))
        for (const { detail } of refused) expect(detail).toContain('field type conflict')
      }),
      { numRuns: 25 },
    )
  })

  it('sends what is too large in smaller parts', async () => {
    const { influx, requests } = await version2(({ body }) =>
      body.trim().split('\n').length > 3
        ? { status: 413, body: { code: 'request too large', message: 'too large' } }
        : accepted,
    )
    expect(await createLineWriter(influx).write([points(1, 2, 3, 4, 5, 6, 7, 8)])).toEqual([])
    expect(requests.filter(({ body }) => body.trim().split('\n').length <= 3)).toHaveLength(4)
  })

  it.each<[string, number, string]>([
    ['a server that is overloaded', 503, 'influx/failed'],
    ['one that wants fewer requests', 429, 'influx/failed'],
    ['a token that expired', 401, 'influx/unauthorised'],
    ['a token for another bucket', 403, 'influx/forbidden'],
    ['a bucket that was deleted', 404, 'influx/no-bucket'],
    ['a proxy that answers for it', 200, 'influx/failed'],
  ])('waits for better times with %s, without trying again by itself', async (_, status, code) => {
    const { influx, requests } = await version2(() => ({ status, body: { code: 'x', message: 'not now, please' } }))
    const writing = createLineWriter(influx, { pointsPerRequest: 2, lanes: 1 }).write([points(1, 2, 3, 4, 5)])
    await expect(writing).rejects.toMatchObject({ code })
    expect(requests).toHaveLength(1)
  })

  it.each([1, 2, 3])('has one request under way on each of %i lanes, whoever writes', async (lanes) => {
    let underWay = 0
    let most = 0
    const { influx, requests } = await version2(async () => {
      most = Math.max(most, ++underWay)
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
      underWay--
      return accepted
    })
    const writer = createLineWriter(influx, { pointsPerRequest: 2, lanes })
    await Promise.all([1, 2, 3, 4].map((value) => writer.write([points(value, value, value)])))
    expect(most).toBe(lanes)
    expect(requests).toHaveLength(8)
  })
})

describe('reading from 2.x', () => {
  const span = { signalId: 'x-1', fromMs: start, toMs: start + 10_000 }
  const rows = (...values: unknown[][]): Answer => ({
    status: 200,
    body: { results: [{ statement_id: 0, series: [{ name: 'reading', columns: [], values }] }] },
  })

  it('names database and policy, and asks for milliseconds within bounds', async () => {
    const { influx, requests } = await version2(() => rows([start, 1.5, 0], [start + 1, 9, 3]), 'plant/one_year')
    expect(await readPoints(influx, 'number', span, 11)).toEqual({
      times: [start, start + 1],
      values: [1.5, null],
      qualities: [0, 2],
    })
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/query',
        parameters: {
          db: 'plant',
          rp: 'one_year',
          epoch: 'ms',
          q:
            `SELECT "value", "quality" FROM "reading" WHERE "signal" = 'x-1' AND time >= ${start}ms ` +
            `AND time < ${start + 10_000}ms LIMIT 11`,
        },
        headers: { authorization: 'Token secret==' },
      },
    ])
  })

  it('asks for buckets in two statements, and puts them where they belong', async () => {
    const grid = { startMs: start - 1_000, bucketMs: 5_000, count: 3 }
    const { influx, requests } = await version2(({ parameters }) =>
      parameters['q']?.includes('mean')
        ? rows([start + 4_000, 1, 2, 3])
        : rows([start - 1_000, 3], [start + 4_000, 1], [start + 9_000, 0]),
    )
    expect(await readBuckets(influx, 'number', span, grid)).toMatchObject({
      times: [start - 1_000, start + 4_000, start + 9_000],
      min: [null, 1, null],
      mean: [null, 2, null],
      max: [null, 3, null],
      quality: [2, 1, 0],
    })
    const statements = requests.map(({ parameters }) => parameters['q'])
    expect(statements).toHaveLength(2)
    for (const statement of statements) expect(statement).toContain('GROUP BY time(5000ms, 4000ms) fill(none)')
    expect(statements.filter((statement) => statement?.includes('"quality" < 2'))).toHaveLength(1)
  })

  it('puts an answer in parts together, and refuses one that ends before its end', async () => {
    const part = (value: number, partial: boolean) =>
      JSON.stringify({ results: [{ series: [{ values: [[start + value, value]], partial }], partial }] })
    const whole = await version2(() => ({ status: 200, body: `${part(1, true)}\n${part(2, false)}\n` }))
    expect(await select(whole.influx, 'SELECT 1')).toEqual([
      [start + 1, 1],
      [start + 2, 2],
    ])
    const torn = await version2(() => ({ status: 200, body: `${part(1, true)}\n` }))
    await expect(select(torn.influx, 'SELECT 1')).rejects.toMatchObject({ code: 'influx/failed' })
    const cut = await version2(() => ({ status: 200, body: part(1, false).slice(0, -3) }))
    await expect(select(cut.influx, 'SELECT 1')).rejects.toMatchObject({ code: 'influx/failed' })
  })

  it('passes on what the server complains about', async () => {
    const { influx } = await version2(() => ({
      status: 200,
      body: { results: [{ statement_id: 0, error: 'database not found: fettle' }] },
    }))
    await expect(select(influx, 'SELECT 1')).rejects.toThrow(`InfluxDB at ${influx.url}: database not found: fettle`)
  })
})

describe('getting ready', () => {
  /** As 2.x: an empty writing is refused only when bucket and token are right. */
  const ready =
    (write: Answer, version = 'v2.7.10') =>
    ({ path }: Recorded): Answer => {
      if (path === '/ping') return { status: 204, headers: { 'x-influxdb-version': version } }
      return path === '/query' ? { status: 200, body: { results: [{ statement_id: 0 }] } } : write
    }
  const empty: Answer = { status: 400, body: { code: 'invalid', message: 'writing requires points' } }

  it.each([
    ['2.x', 'v2.7.10', empty],
    ['3.x', '3.4.1', accepted],
  ])('asks %s for its version, then whether it lets one write and read', async (_, version, write) => {
    const { influx, requests } = await version2(ready(write, version))
    expect(await prepareInflux(influx)).toEqual({ version })
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /ping',
      'POST /api/v2/write',
      'GET /query',
    ])
    expect(requests.every(({ headers }) => headers.authorization === 'Token secret==')).toBe(true)
  })

  it.each<[string, Answer, string, RegExp]>([
    [
      'bucket',
      { status: 404, body: { message: 'x' } },
      'influx/no-bucket',
      /no bucket fettle in the organisation 沃衡/,
    ],
    ['token', { status: 401, body: { message: 'nope' } }, 'influx/unauthorised', /answers 401: nope/],
    ['right', { status: 403, body: { message: 'x' } }, 'influx/forbidden', /does not let INFLUX_TOKEN write to fettle/],
  ])('tells in a sentence that there is no such %s', async (_, write, code, sentence) => {
    const { influx } = await version2(ready(write))
    const preparing = prepareInflux(influx)
    await expect(preparing).rejects.toMatchObject({ code })
    await expect(preparing).rejects.toThrow(sentence)
  })

  it('tells that 2.x wants a token, and never says one', async () => {
    const { influx } = await version2(ready(empty))
    const preparing = prepareInflux({ ...influx, access: { kind: 'open' } })
    await expect(preparing).rejects.toMatchObject({ code: 'influx/wrong-server' })
    await expect(preparing).rejects.toThrow(/version v2\.7\.10, which wants an INFLUX_TOKEN/)
  })

  it('tells that somebody else answers, or nobody', async () => {
    const { influx } = await version2(() => ({ status: 200, body: 'hello' }))
    await expect(prepareInflux(influx)).rejects.toThrow(/answers, but is no InfluxDB/)
    const nobody = { ...influx, url: 'http://127.0.0.1:1' }
    await expect(prepareInflux(nobody)).rejects.toMatchObject({ code: 'influx/unreachable' })
    await expect(prepareInflux(nobody)).rejects.toThrow(/^InfluxDB at http:\/\/127\.0\.0\.1:1 cannot be reached: /)
  })
})
