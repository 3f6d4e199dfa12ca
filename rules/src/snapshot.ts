import { packThreshold, unpackThreshold, type PackedThreshold } from '@fettle/domain/rules/threshold-state'
import type { StateHistory } from '@fettle/domain/rules/state-history'
import type { AssetMemory } from './asset-memory.ts'
import type { Engine, EngineMemory, SignalMemory } from './engine.ts'
import type { StateLanes } from './state-lanes.ts'
import type { Watch, WatchMemory } from './watch.ts'

/**
 * An engine's memory as JSON, small because most rules are quiet: a quiet rule is three numbers. Times are relative to
 * `baseMs`, rules are named once and then by index.
 */
export interface Snapshot {
  readonly format: typeof format
  readonly baseMs: number
  readonly rules: readonly (readonly [ruleId: string, version: number])[]
  readonly assets: readonly PackedAsset[]
  readonly signals: readonly PackedSignal[]
}

type PackedAsset = readonly [
  assetId: string,
  runsLive: PackedHistory,
  runsBehind?: PackedHistory | null,
  conditions?: readonly PackedCondition[],
]
type PackedCondition = readonly [key: string, live: PackedHistory, behind?: PackedHistory]
type PackedHistory = readonly [on: 0 | 1, lastAt: number | null, ...changes: number[]]
type PackedSignal = readonly [series: number, newestAt: number | null, newestValue: number | null, ...PackedWatch[]]
type PackedWatch = readonly [
  rule: number,
  live: PackedThreshold,
  liveAlarmId?: string | null,
  behindAlarmId?: string | null,
  behindSeenAt?: number,
  behind?: PackedThreshold,
]

/** Goes up when an older snapshot can no longer be read. */
const format = 1

export function takeSnapshot({ assets, signals }: EngineMemory): Snapshot {
  let baseMs = 0
  for (const signal of signals.values()) if (signal && signal.newestAt > baseMs) baseMs = signal.newestAt
  const ruleIndex = new Map<string, number>()
  const rules: [string, number][] = []
  const indexOf = ({ ruleId, version }: Watch): number => {
    const known = ruleIndex.get(ruleId)
    if (known !== undefined) return known
    ruleIndex.set(ruleId, rules.length)
    return rules.push([ruleId, version]) - 1
  }
  const packedSignals: PackedSignal[] = []
  for (const [series, signal] of signals) {
    if (!signal || Number.isNaN(signal.newestAt)) continue
    packedSignals.push(packSignal(series, signal, baseMs, indexOf))
  }
  const packedAssets: PackedAsset[] = []
  for (const [assetId, asset] of assets) {
    const packed = packAsset(assetId, asset, baseMs)
    if (packed) packedAssets.push(packed)
  }
  return { format, baseMs, rules, assets: packedAssets, signals: packedSignals }
}

/** Fills an empty engine; false when the snapshot is of another format and nothing was restored. */
export function restoreSnapshot(engine: Engine, saved: unknown): boolean {
  if (!isSnapshot(saved)) return false
  const { baseMs, rules } = saved
  for (const [assetId, live, behind, conditions = []] of saved.assets) {
    engine.restoreAsset(assetId, {
      runs: unpackLanes(live, behind, baseMs),
      conditions: new Map(conditions.map(([key, told, toldBehind]) => [key, unpackLanes(told, toldBehind, baseMs)])),
    })
  }
  for (const [series, newestAt, newestValue, ...watches] of saved.signals) {
    const memories = watches.flatMap((packed) => unpackWatch(packed, rules, baseMs) ?? [])
    engine.restoreSignal(series, { newestAt: timeOf(newestAt, baseMs), newestValue: newestValue ?? NaN, memories })
  }
  return true
}

function isSnapshot(saved: unknown): saved is Snapshot {
  return typeof saved === 'object' && saved !== null && 'format' in saved && saved.format === format
}

const timeOf = (relative: number | null | undefined, baseMs: number) => (relative ?? NaN) + baseMs
const relativeTime = (at: number, baseMs: number) => (Number.isNaN(at) ? null : at - baseMs)

/** The newest value is needed only to end an episode without another reading. */
function packSignal(
  series: number,
  signal: SignalMemory,
  baseMs: number,
  indexOf: (watch: Watch) => number,
): PackedSignal {
  const hasEpisode = signal.watches.some(({ liveAlarm, behindAlarm }) => liveAlarm ?? behindAlarm)
  const newestValue = hasEpisode && Number.isFinite(signal.newestValue) ? signal.newestValue : null
  const watches = signal.watches.map((watch): PackedWatch => {
    const { live, behind, liveAlarm, behindAlarm } = watch
    const rule = indexOf(watch)
    const packed = packThreshold(live, baseMs)
    if (!liveAlarm && !behind) return [rule, packed]
    const alarmIds = [liveAlarm?.alarmId ?? null, behindAlarm?.alarmId ?? null] as const
    if (!behind) return [rule, packed, ...alarmIds]
    return [rule, packed, ...alarmIds, behind.seenAt - baseMs, packThreshold(behind.state, baseMs)]
  })
  return [series, relativeTime(signal.newestAt, baseMs), newestValue, ...watches]
}

function unpackWatch(
  [index, live, liveAlarmId, behindAlarmId, behindSeenAt, behind]: PackedWatch,
  rules: Snapshot['rules'],
  baseMs: number,
): WatchMemory | undefined {
  const rule = rules[index]
  if (!rule) return undefined
  const [ruleId, version] = rule
  // The peak in the row is not known here; NaN has it written once more.
  const alarmOf = (alarmId: string | null | undefined) => (alarmId ? { alarmId, peakValue: NaN } : undefined)
  return {
    ruleId,
    version,
    live: unpackThreshold(live, baseMs),
    behind: behind && { state: unpackThreshold(behind, baseMs), seenAt: timeOf(behindSeenAt, baseMs) },
    liveAlarm: alarmOf(liveAlarmId),
    behindAlarm: alarmOf(behindAlarmId),
  }
}

/** Undefined when nothing was told of it yet. */
function packAsset(assetId: string, { runs, conditions }: AssetMemory, baseMs: number): PackedAsset | undefined {
  const told = conditions.filter(({ lanes }) => isTold(lanes))
  if (!isTold(runs) && told.length === 0) return undefined
  const packed = told.map(({ bound, lanes }): PackedCondition => [bound.key, ...packLanes(lanes, baseMs)])
  const [live, behind] = packLanes(runs, baseMs)
  if (packed.length > 0) return [assetId, live, behind ?? null, packed]
  return behind ? [assetId, live, behind] : [assetId, live]
}

/** A bad reading tells nothing but that times before it are past. */
const isTold = ({ live }: StateLanes) => !Number.isNaN(live.lastAt)

function packLanes({ live, behind }: StateLanes, baseMs: number): [live: PackedHistory, behind?: PackedHistory] {
  return behind ? [packHistory(live, baseMs), packHistory(behind, baseMs)] : [packHistory(live, baseMs)]
}

function unpackLanes(live: PackedHistory, behind: PackedHistory | null | undefined, baseMs: number): StateLanes {
  return { live: unpackHistory(live, baseMs), behind: behind ? unpackHistory(behind, baseMs) : undefined }
}

function packHistory({ on, lastAt, changes }: StateHistory, baseMs: number): PackedHistory {
  return [on ? 1 : 0, relativeTime(lastAt, baseMs), ...changes.map((at) => at - baseMs)]
}

function unpackHistory([on, lastAt, ...changes]: PackedHistory, baseMs: number): StateHistory {
  return { on: on === 1, lastAt: timeOf(lastAt, baseMs), changes: changes.map((at) => at + baseMs) }
}
