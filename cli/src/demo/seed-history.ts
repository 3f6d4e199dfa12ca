import { consume } from '@fettle/api/parts/commands'
import type { Actor } from '@fettle/api/policy/actor'
import { assign, reportFault, takeStep } from '@fettle/api/tickets/commands'
import { arrive, depart, report, schedule } from '@fettle/api/visits/commands'
import type { Tx } from '@fettle/db/client'
import { accounts } from '@fettle/provisioning/demo/accounts'
import { assets } from '@fettle/provisioning/demo/assets'
import { history } from '@fettle/provisioning/demo/history'
import type { DemoPastRepair } from '@fettle/provisioning/demo/past-repair'
import type { Ids } from './ids.ts'
import { timetable } from './past-repair.ts'

const minuteMs = 60_000

/** The repairs of the past year, taken through the same commands as today's with the clock of their days. */
export async function seedHistory(tx: Tx, ids: Ids, actors: ReadonlyMap<string, Actor>, now: Date): Promise<void> {
  for (const repair of history) await repeatRepair(tx, ids, actors, repair, now)
}

async function repeatRepair(
  tx: Tx,
  ids: Ids,
  actors: ReadonlyMap<string, Actor>,
  repair: DemoPastRepair,
  now: Date,
): Promise<void> {
  const at = timetable(repair, now)
  const customerKey = assets.find(({ key }) => key === repair.assetKey)?.customerKey
  const desk = actorOf(actors, ({ username }) => username === 'desk')
  const dispatcher = actorOf(actors, ({ username }) => username === 'dispatcher')
  const manager = actorOf(actors, ({ username }) => username === 'manager')
  const engineer = actorOf(actors, ({ engineerKey }) => engineerKey === repair.engineerKey)
  const customer = actorOf(actors, (account) => account.role === 'customer' && account.customerKey === customerKey)
  const engineerId = ids.of('engineer', repair.engineerKey)
  const failureModeId = ids.of('failure-mode', repair.failureModeKey)

  const opened = await reportFault(
    tx,
    repair.source === 'portal' ? customer : desk,
    {
      assetId: ids.of('asset', repair.assetKey),
      type: 'repair',
      source: repair.source,
      priority: 'high',
      title: repair.title,
      description: '',
      failureModeId,
      reporterName: repair.signedBy,
    },
    at.reported,
  )
  const ticketId = opened.id
  let { version } = await takeStep(
    tx,
    desk,
    ticketId,
    { action: 'to-dispatch', expectedVersion: opened.version },
    at.toDispatch,
  )
  const assigned = await assign(tx, dispatcher, ticketId, { engineerId, expectedVersion: version }, at.assigned)
  const accepted = await takeStep(
    tx,
    engineer,
    ticketId,
    { action: 'accept', expectedVersion: assigned.version },
    at.accepted,
  )
  version = accepted.version
  const plannedEnd = new Date(at.arrived.getTime() + Number(repair.workHours) * 3_600_000 + 30 * minuteMs)
  const appointment = { plannedStart: at.arrived.toISOString(), plannedEnd: plannedEnd.toISOString() }
  // Each of these steps is one version further.
  await schedule(tx, engineer, ticketId, { ...appointment, expectedVersion: version++ }, at.appointed)
  await depart(tx, engineer, ticketId, { expectedVersion: version++ }, at.departed)
  await arrive(tx, engineer, ticketId, { expectedVersion: version++ }, at.arrived)
  const fitted = new Date(at.reportedDone.getTime() - 20 * minuteMs)
  for (const { partCode, locationKey, quantity, serial, removedSerial } of repair.partsUsed) {
    const use = {
      partId: ids.of('part', partCode),
      locationId: ids.of('location', locationKey),
      quantity,
      ...(serial !== null && { serial }),
      ...(removedSerial !== null && { removedSerial }),
    }
    await consume(tx, engineer, ticketId, use, fitted)
  }
  const { finding, work, outcome, workHours, travelHours, travelKm, signedBy } = repair
  const done = { finding, work, outcome, workHours, travelHours, travelKm, failureModeId, customerName: signedBy }
  await report(tx, engineer, ticketId, { ...done, expectedVersion: version++ }, at.reportedDone)
  await takeStep(tx, customer, ticketId, { action: 'confirm', expectedVersion: version++ }, at.confirmed)
  await takeStep(tx, manager, ticketId, { action: 'approve-report', expectedVersion: version++ }, at.reviewed)
  await takeStep(tx, desk, ticketId, { action: 'close', expectedVersion: version }, at.closed)
}

function actorOf(actors: ReadonlyMap<string, Actor>, fits: (account: (typeof accounts)[number]) => boolean): Actor {
  const username = accounts.find(fits)?.username
  const actor = username === undefined ? undefined : actors.get(username)
  if (!actor) throw new Error('the history needs an account that the demo data does not have')
  return actor
}
