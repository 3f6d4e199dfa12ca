import type { DemoEngineer } from '@fettle/provisioning/demo/engineers'
import { history } from '@fettle/provisioning/demo/history'
import { parts, type DemoPart } from '@fettle/provisioning/demo/parts'
import { openingStock, vanOf } from '@fettle/provisioning/demo/stock'
import type { Chance } from '@fettle/provisioning/demo/years/chance'
import { atMinute, dayMs, dayOf, minuteMs, weekdayOf } from './china-time.ts'
import type { Visit } from './crew.ts'
import type { KnownMachine } from './known-machines.ts'
import { inOffice, usernameOf, type Script } from './script.ts'

export interface NeededPart {
  readonly partCode: string
  readonly quantity: string
}

/**
 * Where parts come from and where old ones go. Each is bought for a store, goes with the week's round to the van, and is used:
 * so no balance is ever below what the opening left there, and none is above it afterwards.
 */
export interface PartsPlan {
  /** Writes the purchase, the way to the van, the use and the return of the old part into the script. */
  use(script: Script, machine: KnownMachine, visit: Visit, needed: NeededPart, chance: Chance): UsedPart
}

export interface UsedPart {
  readonly part: DemoPart
  readonly quantity: string
  readonly removedBatch: string | null
}

const oldParts = 'CK-OLD'
/** Dearer parts lie in the store until somebody needs them. */
const storeFromCents = 1_500_00

export function createPartsPlan(machines: readonly KnownMachine[]): PartsPlan {
  const installed = new Map<string, string>()
  const known = new Set<string>()
  for (const { asset } of machines) {
    for (const { partCode, serial } of asset.installedParts) {
      installed.set(`${asset.key} ${partCode}`, serial)
      known.add(serial)
    }
  }
  for (const { serials } of openingStock) for (const { serial } of serials) known.add(serial)
  for (const { partsUsed } of history) for (const { serial } of partsUsed) if (serial !== null) known.add(serial)

  function newSerial(part: DemoPart, usedMs: number, chance: Chance): string {
    const made = new Date(usedMs - chance.between(60, 150) * dayMs)
    const month = `${String(made.getUTCFullYear() % 100)}${String(made.getUTCMonth() + 1).padStart(2, '0')}`
    const prefix = openingStock.flatMap(({ partCode, serials }) => (partCode === part.code ? serials : []))[0]?.serial
    for (;;) {
      const number = String(chance.integer(400, 999)).padStart(4, '0')
      const serial = `${prefix?.split('-')[0] ?? part.code}-${month}-${number}`
      if (known.has(serial)) continue
      known.add(serial)
      return serial
    }
  }

  return {
    use(script, machine, visit, { partCode, quantity }, chance) {
      const part = parts.find(({ code }) => code === partCode)
      if (!part) throw new Error(`the price list has no part ${partCode}`)
      const place = `${machine.asset.key} ${partCode}`
      const usedMs = Math.max(visit.arriveMs + 12 * minuteMs, visit.leaveMs - chance.between(18, 45) * minuteMs)
      const serial = part.serialised ? newSerial(part, usedMs, chance) : null
      const removedSerial = part.serialised ? (installed.get(place) ?? null) : null
      const storeKey = storeOf(visit.engineer)
      const locationKey = part.costCents >= storeFromCents ? storeKey : vanOf(visit.engineer.key)
      const piece = { partCode, quantity, serial, batch: serial?.split('-')[1] ?? null }
      const move = { do: 'move-stock', ...piece } as const

      const roundMs = weeklyRound(usedMs) + chance.integer(0, 25) * minuteMs
      const boughtMs = inOffice(roundMs - chance.between(2.6, 4.4) * dayMs, chance.integer(0, 90))
      script.add(boughtMs, 'storekeeper', { ...move, kind: 'receipt', fromKey: null, toKey: storeKey })
      if (locationKey !== storeKey) {
        script.add(roundMs, 'storekeeper', { ...move, kind: 'transfer', fromKey: storeKey, toKey: locationKey })
      }
      const use = { do: 'use', partCode, quantity, locationKey, serial, removedSerial } as const
      script.add(usedMs, usernameOf(visit.engineer.key), use)
      if (serial !== null) installed.set(place, serial)
      if (part.returnOld) {
        const days = chance.happens(0.89) ? chance.between(2, 26) : chance.between(33, 60)
        const backMs = inOffice(usedMs + days * dayMs, chance.integer(10, 200))
        const old = { ...move, serial: removedSerial, batch: removedSerial?.split('-')[1] ?? null }
        script.add(backMs, 'storekeeper', { ...old, kind: 'return', fromKey: null, toKey: oldParts })
      }
      return { part, quantity, removedBatch: removedSerial?.split('-')[1] ?? null }
    },
  }
}

/** Of the region: two centres, and the branch's own. */
export function storeOf({ branchKey, regionCode }: DemoEngineer): string {
  if (branchKey !== null) return 'CK-DG'
  return regionCode.startsWith('37') ? 'CK-LC' : 'CK-SZ'
}

/** Vans are filled on Monday morning, before anybody leaves. */
function weeklyRound(usedMs: number): number {
  const day = dayOf(usedMs)
  return atMinute(day - (weekdayOf(day) - 1), 6.25 * 60)
}
