import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { createLogger } from '@fettle/platform/logging'
import { describe, expect, it } from 'vitest'
import { bindRules, type RuleRow, type SignalRow } from './bind-rules.ts'

const definition: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'approach',
  limits: { hh: 4.5, h: 3, l: null, ll: null },
  band: 0.3,
  onDelayMs: 0,
  offDelayMs: 0,
  latenessMs: 30_000,
  whileRunning: true,
  startupMs: 0,
  condition: { signalKey: 'load', atLeast: 60 },
}

const rule = (key: string, change: Partial<RuleRow> = {}): RuleRow => {
  const about = { id: `${key} ${change.assetId ?? 'model'}`, key, version: 3, modelId: 'CH1000', assetId: null }
  return { ...about, failureModeId: 'CH-01', enabled: true, definition, ...change }
}

const signal = (assetId: string, signalKey: string, series: number, kind: SignalRow['kind'] = 'number'): SignalRow => {
  const about = { modelId: 'CH1000', mode: 'normal', runStateSignal: 'run_state', runningStates: [2] } as const
  return { series, signalId: `${assetId} ${signalKey}`, signalKey, kind, assetId, ...about }
}

function bind(ruleRows: RuleRow[], signalRows: SignalRow[]) {
  const errors: Record<string, unknown>[] = []
  const logger = createLogger({ name: 'test', level: 'silent' })
  logger.error = (about: object) => void errors.push({ ...about })
  return { errors, book: bindRules({ fingerprint: '', ruleRows, signalRows, windowRows: [] }, logger) }
}

const whole = [signal('A', 'approach', 1), signal('A', 'load', 2)]
const idsOf = ({ book }: ReturnType<typeof bind>, series: number) =>
  book.signals.get(series)?.rules.map(({ ruleId }) => ruleId)

describe('a rule with a condition', () => {
  it('is bound to the signal of its machine that tells it, which several rules share', () => {
    const looser = { ...definition, condition: { signalKey: 'load', atLeast: 50 } }
    const { book, errors } = bind([rule('x'), rule('y'), rule('z', { definition: looser })], whole)
    expect(book.conditions.get('A')).toMatchObject([
      { series: 2, definition: { atLeast: 60 } },
      { series: 2, definition: { atLeast: 50 } },
    ])
    const [x, y, z] = book.signals.get(1)!.rules.map(({ condition }) => condition)
    expect(x).toBe(y)
    expect(x).not.toBe(z)
    expect(errors).toEqual([])
  })

  it.each([
    ['no such signal', [signal('B', 'approach', 3)]],
    ['a text of that name', [signal('B', 'approach', 3), signal('B', 'load', 4, 'text')]],
  ])('is refused aloud on a machine with %s, and holds on the others', (_, other) => {
    const bound = bind([rule('x')], [...whole, ...other])
    expect(idsOf(bound, 1)).toEqual(['x model'])
    expect(idsOf(bound, 3)).toEqual([])
    expect(bound.errors).toEqual([{ ruleId: 'x model', key: 'x', version: 3, signalKey: 'load', assetIds: ['B'] }])
  })

  it('is refused everywhere when it cannot be', () => {
    const impossible = { ...definition, condition: { signalKey: 'load', atLeast: 60, atMost: 50 } }
    const bound = bind([rule('x', { definition: impossible }), rule('y')], whole)
    expect(idsOf(bound, 1)).toEqual(['y model'])
    expect(bound.errors).toMatchObject([{ key: 'x', err: { code: 'rule/invalid-threshold' } }])
  })
})

it('an asset’s own rule goes before its model’s of the same key, also a disabled one', () => {
  const own = rule('x', { modelId: null, assetId: 'A' })
  expect(idsOf(bind([rule('x'), own], whole), 1)).toEqual(['x A'])
  expect(idsOf(bind([rule('x'), { ...own, enabled: false }], whole), 1)).toEqual([])
})
