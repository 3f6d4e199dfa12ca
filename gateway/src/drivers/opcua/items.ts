import type { DataChangeFilter } from 'node-opcua-client'
import type { OpcuaSource } from './config.ts'
import { library } from './library.ts'
import { request, type Session } from './session.ts'

/** A node to be watched. */
export interface Item {
  /** Chosen by us, not 0; comes back with each value. */
  handle: number
  nodeId: string
  samplingMs: number
}

/** Refusals by handle. */
export type Refusals = Map<number, string>

/** What became of items, by handle: the server's own number of each that it watches, and why it refused the others. */
export interface Registered {
  ids: Map<number, number>
  refusals: Refusals
}

/**
 * Registers items with a subscription in one call. Some small servers know no filter; they report changes, which is
 * better than nothing.
 */
export async function registerItems(
  session: Session,
  subscriptionId: number,
  { report, queueSize }: Pick<OpcuaSource, 'report' | 'queueSize'>,
  items: readonly Item[],
): Promise<Registered> {
  if (report === 'changes') return create(items, null)
  const { ids, refusals } = await create(items, eachUpdate())
  const plain = items.filter(({ handle }) => /^Bad(MonitoredItem)?Filter/.test(refusals.get(handle) ?? ''))
  if (plain.length === 0) return { ids, refusals }
  for (const { handle } of plain) refusals.delete(handle)
  const more = await create(plain, null)
  return { ids: new Map([...ids, ...more.ids]), refusals: new Map([...refusals, ...more.refusals]) }

  async function create(wanted: readonly Item[], filter: DataChangeFilter | null): Promise<Registered> {
    const { results } = await request(
      session.createMonitoredItems({
        subscriptionId,
        timestampsToReturn: library.TimestampsToReturn.Both,
        itemsToCreate: wanted.map(({ handle, nodeId, samplingMs }) => ({
          itemToMonitor: { nodeId, attributeId: library.AttributeIds.Value },
          monitoringMode: library.MonitoringMode.Reporting,
          requestedParameters: {
            clientHandle: handle,
            samplingInterval: samplingMs,
            queueSize,
            discardOldest: true,
            filter,
          },
        })),
      }),
    )
    const made: Registered = { ids: new Map(), refusals: new Map() }
    for (const [index, { handle }] of wanted.entries()) {
      const result = results?.[index]
      if (result && !result.statusCode.isBad()) made.ids.set(handle, result.monitoredItemId)
      else
        made.refusals.set(handle, result ? `${result.statusCode.name}, ${result.statusCode.description}` : 'no answer')
    }
    return made
  }
}

/** A new time at the source is worth a reading, even when the value is the same: that it holds is news to a rule. */
const eachUpdate = (): DataChangeFilter =>
  new library.DataChangeFilter({
    trigger: library.DataChangeTrigger.StatusValueTimestamp,
    deadbandType: library.DeadbandType.None,
    deadbandValue: 0,
  })
