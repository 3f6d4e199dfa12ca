import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PositionedEntry } from '../src/store.ts'
import { modelOf } from './store-model.ts'
import { textConformance } from './text-conformance.ts'
import { assetWithSignals, entryOf, type ConformanceSetup, type Point } from './telemetry-fixture.ts'

const start = Date.UTC(2026, 10, 22, 3)
const minute = 60_000
const hour = 60 * minute
const never = new AbortController().signal

/** What every adapter of `TelemetryStore` keeps. Times are of 2026, and the store is not told another time of day. */
export function storeConformance(name: string, setup: () => Promise<ConformanceSetup>) {
  describe(`telemetry store: ${name}`, async () => {
    const { store, db } = await setup()
    const asset = await assetWithSignals(db, 20)
    let used = 0
    let position = 0

    /** A signal that no other test uses. */
    function freshSignal() {
      const signal = asset.signals[used++]
      if (!signal) throw new Error('more signals are needed')
      const { id: signalId, series } = signal
      const entry = (...points: Point[]): PositionedEntry => ({
        position: position++,
        entry: entryOf(asset, series, points),
      })
      const write = (...points: Point[]) => store.write([entry(...points)])
      const raw = (fromMs = start, toMs = start + 24 * hour) => store.raw({ signalId, fromMs, toMs })
      const history = (fromMs: number, toMs: number, buckets: number) =>
        store.history({ signalId, fromMs, toMs, buckets })
      const latest = async () => (await store.latest([signalId]))[0]
      return { signalId, series, entry, write, raw, history, latest }
    }

    describe('writing', () => {
      it('keeps readings in order of time, however they came', async () => {
        const { write, raw } = freshSignal()
        await write([start + 20, 2], [start + 10, 1])
        await write([start + 15, 1.5])
        await write([start + 2 * hour, 3], [start, 0])
        expect(await raw()).toEqual({
          times: [start, start + 10, start + 15, start + 20, start + 2 * hour],
          values: [0, 1, 1.5, 2, 3],
          qualities: [0, 0, 0, 0, 0],
        })
      })

      it('keeps of several readings of one time the last that came', async () => {
        const { write, raw } = freshSignal()
        await write([start, 1], [start, 2])
        await write([start + 1, 5], [start, 3])
        expect(await raw()).toMatchObject({ times: [start, start + 1], values: [3, 5] })
      })

      it('takes entries again that it has, in other company', async () => {
        const { entry, raw } = freshSignal()
        const entries = [
          entry([start, 1]),
          entry([start + 1, 2], [start, 9]),
          entry([start + 2, 3]),
          entry([start + 1, 4]),
        ]
        await store.write(entries.slice(0, 3))
        await store.write(entries.slice(1))
        await store.write(entries.slice(2))
        await store.write(entries)
        expect(await raw()).toMatchObject({ times: [start, start + 1, start + 2], values: [9, 4, 3] })
      })

      it('keeps null, doubtful and bad values, and any number', async () => {
        const { write, raw } = freshSignal()
        await write(
          [start, null],
          [start + 1, 5, 2],
          [start + 2, -1e300, 1],
          [start + 3, 5e-324],
          [start + 4, 0.1 + 0.2],
        )
        expect(await raw()).toEqual({
          times: [0, 1, 2, 3, 4].map((ms) => start + ms),
          values: [null, 5, -1e300, 5e-324, 0.1 + 0.2],
          qualities: [2, 2, 1, 0, 0],
        })
      })

      it('takes no entries, and entries without readings', async () => {
        const { entry, raw } = freshSignal()
        await store.write([])
        await store.write([entry()])
        expect((await raw()).times).toEqual([])
      })

      it('runs what is to happen alongside, once', async () => {
        const { entry } = freshSignal()
        let calls = 0
        await store.write([entry([start, 1])], async (tx) => {
          calls++
          await tx.execute('select 1')
        })
        expect(calls).toBe(1)
      })

      it('can be told again after what was to happen alongside failed', async () => {
        const { entry, raw, latest } = freshSignal()
        const entries = [entry([start, 1], [start + 1, 2])]
        const failing = store.write(entries, () => Promise.reject(new Error('no such consumer')))
        await expect(failing).rejects.toThrow('no such consumer')
        await store.write(entries)
        expect((await raw()).values).toEqual([1, 2])
        expect((await latest())?.value).toBe(2)
      })
    })

    describe('history', () => {
      it('is raw while there are no more readings than buckets', async () => {
        const { write, history, signalId } = freshSignal()
        await write([start, 1], [start + 500, null], [start + 900, 7, 2], [start + 1_000, 3, 1])
        const query = { signalId, from: start, to: start + 2_000 }
        expect(await history(start, start + 2_000, 4)).toEqual({
          ...query,
          kind: 'raw',
          bucketMs: null,
          times: [start, start + 500, start + 900, start + 1_000],
          min: [1, null, null, 3],
          mean: [1, null, null, 3],
          max: [1, null, null, 3],
          quality: [0, 2, 2, 1],
        })
        expect(await history(start, start + 2_000, 3)).toEqual({
          ...query,
          kind: 'buckets',
          bucketMs: 1_000,
          times: [start, start + 1_000],
          min: [1, 3],
          mean: [1, 3],
          max: [1, 3],
          quality: [2, 1],
        })
      })

      it('begins with its first millisecond and ends before its last', async () => {
        const { write, history } = freshSignal()
        await write([start - 1, 100], [start, 1], [start + 9, 9], [start + 10, 10], [start + 19, 19], [start + 20, 200])
        expect(await history(start, start + 20, 3)).toMatchObject({ bucketMs: 10, min: [1, 10], max: [9, 19] })
        expect(await history(start, start + 1, 3)).toMatchObject({ kind: 'raw', times: [start] })
        // Nothing before the beginning counts, even where the grid begins earlier.
        expect(await history(start + 9, start + 20, 2)).toMatchObject({
          min: [9, 10],
          max: [9, 19],
          times: [start, start + 10],
        })
      })

      it('shows buckets that hold only bad readings, and empty ones, without a value', async () => {
        const { write, history } = freshSignal()
        await write([start, 1], [start + 1, 2], [start + 2_000, 9, 2], [start + 2_001, null])
        expect(await history(start, start + 3_000, 3)).toMatchObject({
          min: [1, null, null],
          mean: [1.5, null, null],
          max: [2, null, null],
          quality: [0, 0, 2],
        })
      })

      it('is empty where there is nothing', async () => {
        const { write, history, raw } = freshSignal()
        const nothing = { kind: 'raw', times: [], min: [], mean: [], max: [], quality: [] }
        expect(await history(start, start + hour, 10)).toMatchObject(nothing)
        await write([start, 1])
        expect(await history(start + 1, start + hour, 10)).toMatchObject(nothing)
        expect(await raw(start - hour, start)).toEqual({ times: [], values: [], qualities: [] })
      })

      it('of an unknown signal is empty', async () => {
        const span = { signalId: '01932f5c-0000-7000-8000-000000000000', fromMs: start, toMs: start + 1 }
        expect(await store.history({ ...span, buckets: 1 })).toMatchObject({ kind: 'raw', times: [] })
        expect((await store.raw(span)).times).toEqual([])
        expect(await store.latest([span.signalId])).toEqual([])
      })

      it('of thirty days has no more buckets than asked for, before and after the chores', async () => {
        const { write, history } = freshSignal()
        const points = Array.from({ length: 30 * 144 }, (_, i): Point => [start + i * 10 * minute, i % 144])
        await write(...points)
        for (let round = 0; round < 2; round++) {
          const trend = await history(start, start + 720 * hour, 1_000)
          expect(trend.times).toHaveLength(720)
          expect(trend).toEqual({ ...trend, ...modelOf(points).history(start, start + 720 * hour, 1_000) })
          expect(await history(start, start + 720 * hour, 30)).toMatchObject({
            bucketMs: 24 * hour,
            min: points.slice(0, 30).map(() => 0),
          })
          await store.maintain(start + 1_000 * hour, never)
        }
      })

      it.each([
        ['no bucket', start, start + 1, 0],
        ['too many buckets', start, start + 1, 1_001],
        ['an end before the beginning', start, start - 1, 10],
        ['a time that is none', start, NaN, 10],
      ])('refuses %s', async (_, fromMs, toMs, buckets) => {
        const query = { signalId: asset.signals[0]!.id, fromMs, toMs, buckets }
        await expect(store.history(query)).rejects.toMatchObject({ code: 'store/bad-span' })
      })
    })

    describe('latest', () => {
      it('never goes back in time', async () => {
        const { write, latest, signalId } = freshSignal()
        await write([start + 10, 1], [start + 5, 2])
        expect(await latest()).toEqual({ signalId, at: start + 10, value: 1, quality: 0 })
        await write([start + 9, 3])
        expect(await latest()).toMatchObject({ at: start + 10, value: 1 })
        await write([start + 11, null])
        expect(await latest()).toMatchObject({ at: start + 11, value: null, quality: 2 })
      })

      it('takes a correction of the same time, and no older one again', async () => {
        const { entry, latest } = freshSignal()
        const [first, second] = [entry([start, 1]), entry([start, 2])]
        await store.write([first])
        await store.write([second])
        await store.write([first])
        expect((await latest())?.value).toBe(2)
      })

      it('answers for several signals, and for none', async () => {
        const [a, b, empty] = [freshSignal(), freshSignal(), freshSignal()]
        await a.write([start, 1])
        await b.write([start, 2])
        const found = await store.latest([a.signalId, b.signalId, empty.signalId])
        expect(new Set(found.map(({ value }) => value))).toEqual(new Set([1, 2]))
        expect(await store.latest([])).toEqual([])
      })

      it('tells what changed since one looked', async () => {
        const { write, signalId } = freshSignal()
        await write([start, 1])
        const begin = await store.latestSince(null)
        expect(begin.values).toEqual([])
        await write([start + 1, 2])
        const next = await store.latestSince(begin.cursor)
        const changed = { assetId: asset.assetId, signalId, at: start + 1, value: 2, quality: 0 }
        expect(next.values.filter((value) => value.signalId === signalId)).toEqual([changed])
        await write([start, 0])
        const after = await store.latestSince(next.cursor)
        expect(after.values.filter(({ value }) => value === 0)).toEqual([])
      })
    })

    it('holds what a plain list would hold, whatever is written, in whatever order, and whenever it does its chores', async () => {
      const others = await assetWithSignals(db, 200)
      const at = fc.oneof(fc.nat(20), fc.nat(3 * hour)).map((ms) => start + ms)
      const value = fc.option(fc.integer({ min: -50, max: 50 }), { freq: 8 })
      const point = fc
        .tuple(at, value, fc.constantFrom(0, 0, 0, 1, 2))
        .map(([ms, v, quality]): Point => [ms, v, v === null ? 2 : quality])
      const step = fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ kind: fc.constant('write' as const), messages: fc.array(fc.array(point)) }),
        },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), last: fc.nat(5) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('chores' as const), afterMs: fc.nat(5 * hour) }) },
      )
      const query = fc.tuple(fc.nat(3 * hour), fc.integer({ min: 1, max: 4 * hour }), fc.integer({ min: 1, max: 20 }))
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 8 }),
          fc.array(query, { minLength: 3, maxLength: 3 }),
          async (steps, queries) => {
            const { id: signalId, series } = others.signals[run++ % others.signals.length]!
            const written: PositionedEntry[] = []
            const points: Point[] = []
            for (const each of steps) {
              if (each.kind === 'chores') await store.maintain(start + each.afterMs, never)
              else if (each.kind === 'again') await store.write(written.slice(-each.last))
              else {
                const entries = each.messages.map((message) => ({
                  position: position++,
                  entry: entryOf(others, series, message),
                }))
                await store.write(entries)
                written.push(...entries)
                points.push(...each.messages.flat())
              }
            }
            const model = modelOf(points)
            for (const [offset, length, buckets] of queries) {
              const [fromMs, toMs] = [start + offset, start + offset + length]
              expect(await store.raw({ signalId, fromMs, toMs })).toEqual(model.raw(fromMs, toMs))
              const found = await store.history({ signalId, fromMs, toMs, buckets })
              const { mean, ...expected } = model.history(fromMs, toMs, buckets)
              expect(found).toMatchObject(expected)
              expect(found.mean).toHaveLength(mean.length)
              for (const [i, exact] of mean.entries()) {
                if (exact === null) expect(found.mean[i]).toBeNull()
                else expect(found.mean[i]).toBeCloseTo(exact, 9)
              }
            }
          },
        ),
        { numRuns: 100 },
      )
    })

    textConformance({ store, db })
  })
}
