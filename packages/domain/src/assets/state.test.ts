import { expect, it } from 'vitest'
import { assetState, type AssetSigns } from './state.ts'

const minute = 60_000
const live: AssetSigns = {
  mode: 'normal',
  runState: 2,
  lastReadingAtMs: 10 * minute,
  nowMs: 10 * minute + 2_000,
  offlineAfterMs: 2 * minute,
}

it.each<[string, Partial<AssetSigns>, string]>([
  ['under load', {}, 'running'],
  ['unloaded', { runState: 1 }, 'idle'],
  ['switched off', { runState: 0 }, 'stopped'],
  ['tripped', { runState: 3 }, 'tripped'],
  ['a code that nobody knows', { runState: 9 }, 'unknown'],
  ['no run state, though other signals come', { runState: null }, 'unknown'],
  ['never heard of', { lastReadingAtMs: null, runState: null }, 'unknown'],
  ['silent for exactly as long as allowed', { nowMs: 12 * minute }, 'running'],
  ['silent for longer', { nowMs: 12 * minute + 1 }, 'offline'],
  ['a clock ahead of ours', { lastReadingAtMs: 11 * minute }, 'running'],
  ['being worked on, whatever it says', { mode: 'maintenance', runState: 3, lastReadingAtMs: null }, 'maintenance'],
])('%s', (_, change, expected) => expect(assetState({ ...live, ...change })).toBe(expected))
