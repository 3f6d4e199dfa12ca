import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import { isPlanned } from '@fettle/domain/assets/maintenance'
import { qualityUnder } from '@fettle/domain/rules/condition'
import { levelOfRank } from '@fettle/domain/rules/finding'
import { observeBehind, observeInOrder, type WatchFinding } from '@fettle/domain/rules/rule-watch'
import { attentionAt } from '@fettle/domain/rules/run-history'
import type { ThresholdState } from '@fettle/domain/rules/threshold-state'
import type { ReadingColumns } from '@fettle/telemetry/log-entry'
import { forgetOldStates, matchConditions, tell, type AssetMemory, type TellingSignal } from './asset-memory.ts'
import type { RuleBook } from './bind-rules.ts'
import type { Effect, Peak } from './effects.ts'
import { beginStateLanes, historyFor, type StateLanes } from './state-lanes.ts'
import { matchWatches, type OpenAlarm, type Watch, type WatchMemory } from './watch.ts'

/** A signal that is watched, or that tells something about its machine. */
export interface SignalMemory extends TellingSignal {
  /** Whether it tells how the machine runs or that a condition holds. */
  readonly tells: boolean
  readonly watches: readonly Watch[]
  /** The newest event time accepted, and the newest value that was not bad. */
  newestAt: number
  newestValue: number
}

/** What a snapshot keeps of one signal. */
export interface RestoredSignal {
  readonly newestAt: number
  readonly newestValue: number
  readonly memories: readonly WatchMemory[]
}

/** What a snapshot keeps of one machine. */
export interface RestoredAsset {
  readonly runs: StateLanes
  readonly conditions: ReadonlyMap<string, StateLanes>
}

/** The part of a log entry that rules read. */
export interface AssetReadings extends ReadingColumns {
  readonly assetId: string
}

export interface EngineMemory {
  readonly assets: ReadonlyMap<string, AssetMemory>
  /** By series; null where nothing needs the signal. */
  readonly signals: ReadonlyMap<number, SignalMemory | null>
}

/**
 * Evaluates the readings of one partition. All in memory and without waiting: what it finds gathers as effects until they are
 * taken, together with the memory that belongs to them.
 */
export interface Engine {
  readonly memory: EngineMemory
  /** Evaluates an entry. When the book lacks one of its series it does nothing and answers false; `anyway` passes that one over. */
  process(entry: AssetReadings, anyway?: boolean): boolean
  /** Goes on with another book. An open episode whose rule is gone ends at its signal's newest reading. */
  follow(book: RuleBook): void
  restoreAsset(assetId: string, asset: RestoredAsset): void
  restoreSignal(series: number, signal: RestoredSignal): void
  hasEffects(): boolean
  takeEffects(): Effect[]
  /** Peaks of open episodes that grew since they were last taken. */
  takePeaks(): Peak[]
}

/** `newId` makes a UUIDv7. */
export function createEngine(firstBook: RuleBook, newId: () => string): Engine {
  let book = firstBook
  const assets = new Map<string, AssetMemory>()
  const signals = new Map<number, SignalMemory | null>()
  let effects: Effect[] = []
  /** The signals of the entry at hand, reading by reading. */
  const targets: (SignalMemory | null)[] = []
  let watch: Watch | undefined
  const report = (found: WatchFinding) => {
    if (watch) record(watch, found)
  }

  function assetOf(assetId: string): AssetMemory {
    const known = assets.get(assetId)
    if (known) return known
    const made = { runs: beginStateLanes(), ...fromBook(assetId, () => undefined) }
    assets.set(assetId, made)
    return made
  }

  function fromBook(assetId: string, lanesOf: (condition: string) => StateLanes | undefined) {
    return {
      inMaintenance: book.inMaintenance.has(assetId),
      windows: book.windows.get(assetId) ?? [],
      conditions: matchConditions(book.conditions.get(assetId) ?? [], lanesOf),
    }
  }

  /** The memory of a series, made at its first reading; undefined when the book does not know it. */
  function signalOf(series: number): SignalMemory | null | undefined {
    const known = signals.get(series)
    if (known !== undefined) return known
    const made = makeSignal(series, { newestAt: NaN, newestValue: NaN, memories: [] })
    if (made !== undefined) signals.set(series, made)
    return made
  }

  function makeSignal(series: number, { newestAt, newestValue, memories }: RestoredSignal) {
    const watched = book.signals.get(series)
    const asset = watched && assetOf(watched.assetId)
    const { watches, withdrawn } = matchWatches(memories, watched?.rules ?? [], asset?.conditions ?? [])
    for (const memory of withdrawn) withdraw(memory, watched?.assetId, newestAt, newestValue)
    if (!watched || !asset) return undefined
    const { runningStates } = watched
    const conditions = asset.conditions.filter(({ bound }) => bound.series === series)
    const tells = runningStates !== undefined || conditions.length > 0
    if (watches.length === 0 && !tells) return null
    return { asset, runningStates, conditions, tells, watches, newestAt, newestValue }
  }

  function record(about: Watch, { lane, late, finding }: WatchFinding): void {
    const { rule } = about
    const { at, value, limit } = finding
    if (finding.kind === 'raised') {
      const alarm: OpenAlarm = { alarmId: newId(), peakValue: value }
      if (lane === 'live') about.liveAlarm = alarm
      else about.behindAlarm = alarm
      const raised = { alarmId: alarm.alarmId, rule, behind: lane === 'behind', late, at, value, limit }
      effects.push({ kind: 'raised', level: finding.level, ...raised })
      return
    }
    const alarm = lane === 'live' ? about.liveAlarm : about.behindAlarm
    const state = lane === 'live' ? about.live : about.behind?.state
    if (!alarm || !state) return
    alarm.peakValue = state.peakValue
    const change = { ...alarm, changeId: newId(), assetId: rule.assetId, at, value }
    if (finding.kind === 'changed') {
      const { level } = finding
      const peakLevel = state.peak === 0 ? level : levelOfRank(state.peak)
      effects.push({ kind: 'changed', ...change, level, limit, peakLevel })
      return
    }
    if (lane === 'live') about.liveAlarm = undefined
    else about.behindAlarm = undefined
    effects.push({ kind: 'cleared', ...change })
  }

  function withdraw(memory: WatchMemory, assetId: string | undefined, newestAt: number, newestValue: number): void {
    for (const alarm of [memory.liveAlarm, memory.behindAlarm]) {
      if (!alarm || assetId === undefined) continue
      effects.push({ kind: 'cleared', ...alarm, changeId: newId(), assetId, at: newestAt, value: newestValue })
    }
  }

  /** Fills `targets`; false when a series is unknown and may not be passed over. */
  function resolve({ series }: AssetReadings, passOver: boolean): boolean {
    for (let index = 0; index < series.length; index++) {
      const key = series[index] ?? -1
      const signal = signalOf(key)
      if (signal === undefined) {
        if (!passOver) return false
        signals.set(key, null) // until there is another book
      }
      targets[index] = signal ?? null
    }
    return true
  }

  function evaluate(signal: SignalMemory, at: number, value: number, quality: Quality): void {
    const { asset, watches } = signal
    const behind = at <= signal.newestAt
    if (at === signal.newestAt) return
    if (!behind) {
      signal.newestAt = at
      if (quality !== QUALITY.bad) signal.newestValue = value
    }
    const runs = historyFor(asset.runs, at, behind)
    const inMaintenance = asset.inMaintenance || isPlanned(asset.windows, at)
    for (let index = 0; index < watches.length; index++) {
      watch = watches[index]
      if (!watch) continue
      const { condition } = watch
      const { step, definition } = watch.rule
      const attention = attentionAt(definition, runs, at, inMaintenance)
      const counted = condition
        ? qualityUnder(historyFor(condition.lanes, at, behind), at, quality, attention)
        : quality
      if (behind) observeBehind(step, definition, watch, signal.newestAt, at, value, counted, attention, report)
      else observeInOrder(step, watch, at, value, counted, attention, report)
    }
  }

  return {
    memory: { assets, signals },
    process(entry, anyway = false) {
      if (!resolve(entry, anyway)) return false
      const { timesMs, values, qualities } = entry
      const order = risingOrder(timesMs)
      const qualityAt = (index: number) => (qualities[index] ?? QUALITY.bad) as Quality
      let told: AssetMemory | undefined
      // What tells of the machine goes first: it has a history to be asked, and the others ask it.
      for (let step = 0; step < timesMs.length; step++) {
        const index = order?.[step] ?? step
        const signal = targets[index]
        if (!signal?.tells) continue
        told = signal.asset
        tell(signal, timesMs[index] ?? NaN, values[index] ?? NaN, qualityAt(index))
      }
      for (let step = 0; step < timesMs.length; step++) {
        const index = order?.[step] ?? step
        const signal = targets[index]
        if (!signal) continue
        evaluate(signal, timesMs[index] ?? NaN, values[index] ?? NaN, qualityAt(index))
      }
      if (told) forgetOldStates(told)
      return true
    },
    follow(next) {
      book = next
      for (const [assetId, asset] of assets) {
        const lanesOf = (condition: string) => asset.conditions.find(({ bound }) => bound.key === condition)?.lanes
        Object.assign(asset, fromBook(assetId, lanesOf))
      }
      for (const [series, signal] of signals) {
        const made = signal ? makeSignal(series, { ...signal, memories: signal.watches }) : undefined
        if (made === undefined) signals.delete(series)
        else signals.set(series, made)
      }
    },
    restoreAsset(assetId, { runs, conditions }) {
      assets.set(assetId, { runs, ...fromBook(assetId, (condition) => conditions.get(condition)) })
    },
    restoreSignal(series, restored) {
      const made = makeSignal(series, restored)
      if (made !== undefined) signals.set(series, made)
    },
    hasEffects: () => effects.length > 0,
    takeEffects() {
      const taken = effects
      effects = []
      return taken
    },
    takePeaks() {
      const peaks: Peak[] = []
      const take = (alarm: OpenAlarm | undefined, state: ThresholdState | undefined) => {
        if (!alarm || !state || Object.is(alarm.peakValue, state.peakValue)) return
        alarm.peakValue = state.peakValue
        peaks.push({ ...alarm })
      }
      for (const signal of signals.values()) {
        for (const { live, liveAlarm, behind, behindAlarm } of signal?.watches ?? []) {
          take(liveAlarm, live)
          take(behindAlarm, behind?.state)
        }
      }
      return peaks
    },
  }
}

/** Indices by rising time, equal times as they came; undefined when they rise already, as they nearly always do. */
function risingOrder(timesMs: Float64Array): number[] | undefined {
  let before = -Infinity
  for (const at of timesMs) {
    if (at < before) return [...timesMs.keys()].sort((a, b) => (timesMs[a] ?? 0) - (timesMs[b] ?? 0))
    before = at
  }
  return undefined
}
