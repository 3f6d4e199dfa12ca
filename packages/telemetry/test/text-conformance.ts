import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PositionedEntry } from '../src/store.ts'
import { textModelOf } from './store-model.ts'
import { assetWithSignals, entryOf, textEntryOf, type ConformanceSetup, type TextPoint } from './telemetry-fixture.ts'

const start = Date.UTC(2026, 10, 22, 3)
const hour = 3_600_000

/** What every adapter keeps of signals whose readings are texts. */
export function textConformance({ store, db }: ConformanceSetup) {
  describe('texts', async () => {
    const asset = await assetWithSignals(db, 60, 'text')
    const numbers = await assetWithSignals(db, 1)
    let used = 0
    let position = 0

    /** A text signal that no other test uses. */
    function freshSignal() {
      const { id: signalId, series } = asset.signals[used++]!
      const entry = (...points: TextPoint[]): PositionedEntry => ({
        position: position++,
        entry: textEntryOf(asset, series, points),
      })
      return {
        signalId,
        entry,
        write: (...points: TextPoint[]) => store.write([entry(...points)]),
        raw: (fromMs = start, toMs = start + 24 * hour) => store.raw({ signalId, fromMs, toMs }),
        history: (fromMs: number, toMs: number, buckets: number) => store.history({ signalId, fromMs, toMs, buckets }),
        latest: async () => (await store.latest([signalId]))[0],
      }
    }

    it('are kept in order of time, the last that came of each time', async () => {
      const { write, raw } = freshSignal()
      await write([start + 2, 'O2000'], [start, 'O1000'], [start + 1, null])
      await write([start, 'O1001'], [start + 3, 'doubtful', 1], [start + 4, 'broken', 2], [start + 4, 'torn', 2])
      expect(await raw()).toEqual({
        times: [0, 1, 2, 3, 4].map((ms) => start + ms),
        values: [null, null, null, null, null],
        qualities: [0, 2, 0, 1, 2],
        texts: ['O1001', null, 'O2000', 'doubtful', 'torn'],
      })
    })

    it('give way to a later reading of their time that carries none, and it to a later one', async () => {
      const { write, raw, history } = freshSignal()
      await write([start, 'RUN'])
      await write([start, null])
      expect(await raw()).toMatchObject({ texts: [null], qualities: [2] })
      await write([start, 'STOP'])
      expect(await raw()).toMatchObject({ texts: ['STOP'], qualities: [0] })
      expect(await history(start, start + 1, 1)).toMatchObject({ kind: 'raw', texts: ['STOP'], mean: [null] })
    })

    it('may be anything but endless', async () => {
      const { write, raw } = freshSignal()
      const any = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replaceAll('\0', ''))
      const ours = [
        '',
        ' ',
        'a"b',
        '\\',
        'c\\"',
        'd\\\\',
        'e\n f=1 2',
        '\r\n',
        '\t',
        ',= ',
        '程序 №1',
        '🔧',
        '{1,NULL}',
        'NULL',
        'x'.repeat(1_000),
      ]
      let at = start
      await fc.assert(
        fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 40 }), async (some) => {
          const texts = [...ours, ...some]
          const from = at
          await write(...texts.map((text): TextPoint => [at++, text]))
          expect((await raw(from, at)).texts).toEqual(texts)
        }),
        { numRuns: 25 },
      )
    })

    it('and numbers come in one message', async () => {
      const { signalId, entry, raw } = freshSignal()
      const { id: numberId, series } = numbers.signals[0]!
      const [text, number] = [entry([start, 'RUN'], [start + 1, null]).entry, entryOf(numbers, series, [[start, 5]])]
      const mixed = {
        ...text,
        series: Int32Array.of(...number.series, ...text.series),
        timesMs: Float64Array.of(...number.timesMs, ...text.timesMs),
        values: Float64Array.of(...number.values, ...text.values),
        qualities: Uint8Array.of(...number.qualities, ...text.qualities),
        texts: new Map([...(text.texts ?? [])].map(([place, each]) => [place + 1, each])),
      }
      await store.write([{ position: position++, entry: mixed }])
      expect(await raw()).toMatchObject({ times: [start, start + 1], texts: ['RUN', null] })
      const found = await store.raw({ signalId: numberId, fromMs: start, toMs: start + hour })
      expect(found).toEqual({ times: [start], values: [5], qualities: [0] })
      const latest = await store.latest([signalId, numberId])
      expect(new Set(latest)).toEqual(
        new Set([
          { signalId, at: start + 1, value: null, text: null, quality: 2 },
          { signalId: numberId, at: start, value: 5, quality: 0 },
        ]),
      )
    })

    it('have a latest one, which never goes back in time', async () => {
      const { signalId, write, latest } = freshSignal()
      const { cursor } = await store.latestSince(null)
      await write([start + 10, 'RUN'], [start, 'STOP'])
      await write([start + 5, 'IDLE'])
      const expected = { signalId, at: start + 10, value: null, text: 'RUN', quality: 0 }
      expect(await latest()).toEqual(expected)
      const { values } = await store.latestSince(cursor)
      expect(values.filter((value) => value.signalId === signalId)).toEqual([{ ...expected, assetId: asset.assetId }])
    })

    it('show the newest in each bucket that is not bad', async () => {
      const { write, history, signalId } = freshSignal()
      await write(
        [start, 'A'],
        [start + 400, 'B'],
        [start + 900, 'never', 2],
        [start + 1_000, null],
        [start + 3_999, 'C', 1],
        [start + 3_500, 'A'],
      )
      expect(await history(start, start + 4_000, 5)).toEqual({
        signalId,
        from: start,
        to: start + 4_000,
        kind: 'buckets',
        bucketMs: 1_000,
        times: [0, 1_000, 2_000, 3_000].map((ms) => start + ms),
        min: [null, null, null, null],
        mean: [null, null, null, null],
        max: [null, null, null, null],
        quality: [2, 2, 0, 1],
        texts: ['B', null, null, 'C'],
      })
      expect(await history(start + hour, start + 2 * hour, 5)).toMatchObject({ kind: 'raw', times: [] })
    })

    it('hold what a plain list would hold', async () => {
      const at = fc.oneof(fc.nat(20), fc.nat(3 * hour)).map((ms) => start + ms)
      const text = fc.option(fc.constantFrom('RUN', 'STOP', 'IDLE', ''), { freq: 6 })
      const point = fc
        .tuple(at, text, fc.constantFrom(0, 0, 1, 2))
        .map(([ms, each, quality]): TextPoint => [ms, each, each === null ? 2 : quality])
      const query = fc.tuple(fc.nat(3 * hour), fc.integer({ min: 1, max: 4 * hour }), fc.integer({ min: 1, max: 20 }))
      const flush = fc.array(fc.array(point), { maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(
          fc.array(flush, { maxLength: 5 }),
          fc.array(query, { minLength: 2 }),
          async (flushes, queries) => {
            const signal = freshSignal()
            for (const messages of flushes) {
              const entries = messages.map((points) => signal.entry(...points))
              await store.write(entries)
              await store.write(entries.slice(1))
            }
            const model = textModelOf(flushes.flat(2))
            for (const [offset, length, buckets] of queries) {
              const [fromMs, toMs] = [start + offset, start + offset + length]
              expect(await signal.raw(fromMs, toMs)).toEqual(model.raw(fromMs, toMs))
              expect(await signal.history(fromMs, toMs, buckets)).toMatchObject(model.history(fromMs, toMs, buckets))
            }
          },
        ),
        { numRuns: 40 },
      )
    })
  })
}
