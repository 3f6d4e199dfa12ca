import { addLine } from '@fettle/api/money/commands'
import { consume } from '@fettle/api/parts/commands'
import { recordMovement } from '@fettle/api/parts/ledger'
import type { Actor } from '@fettle/api/policy/actor'
import { addNote, assign, merge, reportFault, takeStep } from '@fettle/api/tickets/commands'
import { lockTicket } from '@fettle/api/tickets/move-ticket'
import { openTicket } from '@fettle/api/tickets/open-ticket'
import type { TicketRow } from '@fettle/api/tickets/ticket-rows'
import { arrive, depart, report, schedule } from '@fettle/api/visits/commands'
import type { OperationId } from '@fettle/contracts/operations'
import type { Tx } from '@fettle/db/client'
import { playAlarm, type PlayedAlarm } from './play-alarm.ts'
import type { Stage } from './stage.ts'
import type { Deed, PartUsed, Reported, Scene, StockMoved, Story, TicketOpening } from './story.ts'
import { createTrail, type Trail } from './trail.ts'

/** A ticket while its story is played. */
interface Open {
  readonly id: string
  version: number
}

/**
 * Calls the product's commands for every scene of a story, each with the clock and the person of its moment, in one
 * transaction: what is half told would stand in the pool as a ticket that is hundreds of days late.
 */
export async function playStory(tx: Tx, stage: Stage, story: Story, requestId: string): Promise<void> {
  const trail = createTrail(requestId)
  const play = createPlay(tx, stage, story, trail)
  for (const scene of story.scenes) await play(scene)
  await trail.write(tx)
}

function createPlay(tx: Tx, stage: Stage, story: Story, trail: Trail): (scene: Scene) => Promise<void> {
  let [main, twin]: [Open | undefined, Open | undefined] = [undefined, undefined]
  let alarm: PlayedAlarm | undefined

  const ticket = (which?: 'twin'): Open => {
    const open = which ? twin : main
    if (!open) throw new Error(`${story.key}: nothing has been reported yet`)
    return open
  }

  async function play({ atMs, by, deed }: Scene): Promise<void> {
    const at = new Date(atMs)
    if (deed.do === 'open') return opening(deed, by, at)
    if (deed.do === 'move-stock') return moveStock(deed, by, at)
    if (isOfAlarm(deed)) return playAlarmDeed(deed, by, at)
    await act(deed, stage.actor(by), at)
  }

  async function playAlarmDeed(deed: AlarmDeed, by: string, at: Date): Promise<void> {
    if (deed.do === 'raise-alarm') {
      alarm = await playAlarm(tx, stage.pool, deed, story.assetKey, at)
      main = { ...alarm.ticket }
      return
    }
    if (!alarm) throw new Error(`${story.key}: no alarm was raised`)
    if (deed.do === 'freeze-evidence') return alarm.freeze(at)
    if (deed.do === 'clear-alarm') return alarm.clear(at)
    const actor = stage.actor(by)
    const alarmId = await alarm.acknowledge(actor, at)
    const detail = { params: { alarmId }, body: null }
    trail.add(actor, { operation: 'acknowledgeAlarm', entity: 'alarm', entityId: alarmId, detail, at })
  }

  async function opening(deed: TicketOpening, by: string, at: Date): Promise<void> {
    const row = by === 'Fettle' ? await release(deed, at) : await call(deed, stage.actor(by), at)
    const open: Open = { id: row.id, version: row.version }
    if (deed.twin) twin = open
    else main = open
  }

  async function call(deed: TicketOpening, actor: Actor, at: Date): Promise<TicketRow> {
    const { type, source, priority, title, description, failureModeKey, reporterName, reporterPhone } = deed
    if (source === 'preventive' || source === 'rework') throw new Error(`nobody calls about ${source} work`)
    const body = {
      assetId: stage.assetId(story.assetKey),
      type,
      source,
      priority,
      title,
      description,
      ...(failureModeKey !== null && { failureModeId: stage.failureModeId(failureModeKey) }),
      ...(reporterName !== null && { reporterName }),
      ...(reporterPhone !== null && { reporterPhone }),
    }
    const row = await reportFault(tx, actor, body, at)
    trail.add(actor, { operation: 'createTicket', ...ofTicket(row.id), detail: { params: {}, body }, at })
    return row
  }

  /** What the calendar or the quality department makes the system open. */
  async function release(deed: TicketOpening, at: Date): Promise<TicketRow> {
    const { do: _, twin: __, title, englishTitle = title, failureModeKey, ...given } = deed
    const by = { name: 'Fettle', role: 'system' }
    const fresh = {
      ...given,
      assetId: stage.assetId(story.assetKey),
      title: { zh: title, en: englishTitle },
      failureModeId: failureModeKey === null ? null : stage.failureModeId(failureModeKey),
      occurredAt: at,
      late: false,
      verification: 'not-needed',
      by,
    } as const
    const row = await openTicket(tx, fresh, at)
    trail.addSystem({ operation: 'createTicket', ...ofTicket(row.id), detail: { source: deed.source }, at })
    return row
  }

  async function act(
    deed: Exclude<Deed, TicketOpening | StockMoved | AlarmDeed>,
    actor: Actor,
    at: Date,
  ): Promise<void> {
    const open = ticket(deed.do === 'merge' || (deed.do === 'step' && deed.twin) ? 'twin' : undefined)
    const { id, version: expectedVersion } = open
    const tell = (operation: OperationId, body: object, subject: Subject = ofTicket(id)) =>
      trail.add(actor, { operation, ...subject, detail: { params: { ticketId: id }, body }, at })

    switch (deed.do) {
      case 'step': {
        const { action, reason, waitingFor } = deed
        const step = {
          action,
          expectedVersion,
          ...(reason !== undefined && { reason }),
          ...(waitingFor && { waitingFor }),
        }
        open.version = (await takeStep(tx, actor, id, step, at)).version
        return tell('transitionTicket', step)
      }
      case 'assign': {
        const body = { engineerId: stage.engineerId(deed.engineerKey), expectedVersion }
        open.version = (await assign(tx, actor, id, body, at)).version
        return tell('assignTicket', body)
      }
      case 'appoint': {
        const plannedStart = new Date(deed.fromMs).toISOString()
        const body = { plannedStart, plannedEnd: new Date(deed.toMs).toISOString(), expectedVersion }
        const visit = await schedule(tx, actor, id, body, at)
        open.version++
        return tell('scheduleVisit', body, ofVisit(visit.id))
      }
      case 'depart': {
        const visit = await depart(tx, actor, id, { expectedVersion }, at)
        open.version++
        return tell('departForVisit', { expectedVersion }, ofVisit(visit.id))
      }
      case 'arrive': {
        const body = { expectedVersion, position: deed.position }
        const visit = await arrive(tx, actor, id, body, at)
        open.version++
        return tell('checkIn', body, ofVisit(visit.id))
      }
      case 'use': {
        const body = useOf(deed)
        const movementId = await consume(tx, actor, id, body, at)
        return tell('consumePart', body, { entity: 'stock-movement', entityId: movementId })
      }
      case 'write-report': {
        const body = { ...reportOf(deed), expectedVersion }
        const written = await report(tx, actor, id, body, at)
        open.version++
        return tell('submitReport', body, ofVisit(written.visitId))
      }
      case 'money':
        await addLine(tx, actor, id, deed.line, at)
        return tell('addMoneyLine', deed.line)
      case 'note':
        await addNote(tx, actor, await lockTicket(tx, actor, id), { zh: deed.text, en: deed.text }, at)
        return tell('addTicketNote', { text: deed.text })
      case 'merge': {
        const body = { intoTicketId: ticket().id, expectedVersion }
        await merge(tx, actor, id, body, at)
        return tell('mergeTicket', body)
      }
      default:
        return deed satisfies never
    }
  }

  function useOf({ partCode, quantity, locationKey, serial, removedSerial }: PartUsed) {
    return {
      partId: stage.part(partCode).id,
      locationId: stage.locationId(locationKey),
      quantity,
      ...(serial !== null && { serial }),
      ...(removedSerial !== null && { removedSerial }),
    }
  }

  function reportOf({ do: _, failureModeKey, signedBy, ...written }: Reported) {
    return {
      ...written,
      customerName: signedBy,
      ...(failureModeKey !== null && { failureModeId: stage.failureModeId(failureModeKey) }),
    }
  }

  /** The ledger is its own trail. What came out of a machine belongs to its ticket. */
  async function moveStock(deed: StockMoved, by: string, at: Date): Promise<void> {
    const { kind, partCode, quantity, fromKey, toKey, serial, batch } = deed
    const movement = {
      kind,
      quantity,
      serial,
      fromLocationId: fromKey === null ? null : stage.locationId(fromKey),
      toLocationId: stage.locationId(toKey),
      removedSerial: null,
      ticketId: kind === 'return' ? ticket().id : null,
      by: stage.actor(by).name,
      ...(batch !== null && { batch }),
    }
    await recordMovement(tx, stage.part(partCode), movement, at)
  }

  return play
}

type AlarmDeed = Extract<Deed, { readonly do: 'raise-alarm' | 'acknowledge' | 'freeze-evidence' | 'clear-alarm' }>

function isOfAlarm(deed: Deed): deed is AlarmDeed {
  return ['raise-alarm', 'acknowledge', 'freeze-evidence', 'clear-alarm'].includes(deed.do)
}

interface Subject {
  readonly entity: string
  readonly entityId: string
}

const ofTicket = (entityId: string): Subject => ({ entity: 'ticket', entityId })
const ofVisit = (entityId: string): Subject => ({ entity: 'visit', entityId })
