import type { Binding, InstalledPart } from '@fettle/contracts/assets'
import type { DbOrTx } from '@fettle/db/client'
import { bindings, signals } from '@fettle/db/schema/assets'
import { installedParts } from '@fettle/db/schema/installed-parts'
import { parts } from '@fettle/db/schema/parts'
import { tickets } from '@fettle/db/schema/tickets'
import { asc, desc, eq } from 'drizzle-orm'

export async function bindingsOf(db: DbOrTx, assetId: string): Promise<Binding[]> {
  return db
    .select({
      id: bindings.id,
      signalId: bindings.signalId,
      signalKey: signals.key,
      gatewayKey: bindings.gatewayKey,
      driver: bindings.driver,
      address: bindings.address,
    })
    .from(bindings)
    .innerJoin(signals, eq(signals.id, bindings.signalId))
    .where(eq(signals.assetId, assetId))
    .orderBy(asc(signals.series))
}

/** Serials on and off this machine, newest first. */
export async function installedPartsOf(db: DbOrTx, assetId: string): Promise<InstalledPart[]> {
  const rows = await db
    .select({ installed: installedParts, partName: parts.name, ticketNumber: tickets.number })
    .from(installedParts)
    .innerJoin(parts, eq(parts.code, installedParts.partCode))
    .leftJoin(tickets, eq(tickets.id, installedParts.ticketId))
    .where(eq(installedParts.assetId, assetId))
    .orderBy(desc(installedParts.installedAt), asc(installedParts.id))
  return rows.map(({ installed, partName, ticketNumber }) => ({
    partCode: installed.partCode,
    partName,
    serial: installed.serial,
    installedAt: installed.installedAt?.toISOString() ?? null,
    removedAt: installed.removedAt?.toISOString() ?? null,
    ticketId: installed.ticketId,
    ticketNumber,
  }))
}
