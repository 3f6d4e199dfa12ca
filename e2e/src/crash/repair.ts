import { addTicketNote, assignTicket, createTicket, getTicket, transitionTicket } from '@fettle/contracts/tickets'
import type { PlainTicketAction } from '@fettle/contracts/ticket-life-cycle'
import { consumePart } from '@fettle/contracts/parts'
import { checkIn, departForVisit, scheduleVisit, submitReport } from '@fettle/contracts/visits'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { Account } from '../works/organisation.ts'
import type { PartOfWorks } from '../works/stock.ts'
import type { Works } from '../works/works.ts'
import type { Seeded } from './seeded.ts'

export interface PartUsed {
  readonly part: PartOfWorks
  readonly quantity: number
  readonly serial?: string
  /** As the answer to the request told. */
  readonly movementId: string
}

/** Everything that was asked for and answered on one ticket, from the call to its end. */
export interface Repair {
  readonly ticketId: string
  readonly title: string
  readonly notes: readonly string[]
  readonly used: readonly PartUsed[]
  readonly workHours: number
  readonly travelHours: number
  readonly travelKm: number
}

export interface RepairOptions {
  works: Works
  as: Readonly<Record<Account, PersistentCall>>
  random: Seeded
  title: string
  /** A serial number that nobody else takes, while there are any. */
  takeSerial: () => string | undefined
}

/** Walks one ticket through its life, as five people would do, one request after the other. */
export async function repair({ works, as, random, title, takeSerial }: RepairOptions): Promise<Repair> {
  const twice = () => ({ twice: random.chance(0.2) })
  const { ticket } = await as.desk(
    createTicket,
    {
      body: {
        assetId: random.pick(works.machines).assetId,
        failureModeId: works.failureModeIds.get('AC-02') ?? '',
        type: 'repair',
        source: 'phone',
        priority: 'normal',
        title,
        description: '',
      },
    },
    twice(),
  )
  const params = { ticketId: ticket.id }
  const expectedVersion = async () => (await as.admin(getTicket, { params })).version
  const step = async (account: Account, action: PlainTicketAction) =>
    as[account](transitionTicket, { params, body: { action, expectedVersion: await expectedVersion() } }, twice())

  await step('desk', 'to-dispatch')
  const { engineerId } = works
  await as.dispatcher(assignTicket, { params, body: { engineerId, expectedVersion: await expectedVersion() } }, twice())
  await step('engineer', 'accept')
  const plannedStart = new Date(Date.now() + 3_600_000).toISOString()
  const plannedEnd = new Date(Date.now() + 7_200_000).toISOString()
  const appointment = { plannedStart, plannedEnd, expectedVersion: await expectedVersion() }
  await as.engineer(scheduleVisit, { params, body: appointment }, twice())
  await as.engineer(departForVisit, { params, body: { expectedVersion: await expectedVersion() } }, twice())
  await as.engineer(checkIn, { params, body: { expectedVersion: await expectedVersion() } }, twice())

  const notes: string[] = []
  const used: PartUsed[] = []
  for (let left = random.whole(2, 5); left > 0; left--) {
    if (random.chance(0.4)) {
      const text = `${title}, note ${notes.length + 1}`
      await as.engineer(addTicketNote, { params, body: { text } }, twice())
      notes.push(text)
      continue
    }
    const part = random.pick(works.parts)
    const serial = part.serials.length > 0 ? takeSerial() : undefined
    if (part.serials.length > 0 && serial === undefined) continue
    const quantity = serial === undefined ? random.whole(1, 4) : 1
    const body = {
      partId: part.id,
      locationId: works.locationId,
      quantity: String(quantity),
      ...(serial && { serial }),
    }
    const { id: movementId } = await as.engineer(consumePart, { params, body }, twice())
    used.push({ part, quantity, movementId, ...(serial && { serial }) })
  }

  const [workHours, travelHours, travelKm] = [random.whole(1, 6), random.whole(1, 3), random.whole(5, 90)]
  const report = {
    finding: '油分压差高',
    work: '更换油分芯',
    outcome: 'confirmed' as const,
    workHours: String(workHours),
    travelHours: String(travelHours),
    travelKm: String(travelKm),
    expectedVersion: await expectedVersion(),
  }
  await as.engineer(submitReport, { params, body: report }, twice())
  await step('desk', 'confirm')
  await step('manager', 'approve-report')
  await step('desk', 'close')
  return { ticketId: ticket.id, title, notes, used, workHours, travelHours, travelKm }
}
