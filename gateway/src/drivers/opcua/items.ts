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

/**
 * Registers items with a subscription in one call. Some small servers know no filter; they report changes, which is
 * better than nothing.
 */
export async function registerItems(
  session: Session,
  subscriptionId: number,
  { report, queueSize }: Pick<OpcuaSource, 'report' | 'queueSize'>,
  items: readonly Item[],
): Promise<Refusals> {
  if (report === 'changes') return create(items, null)
  const refusals = await create(items, eachUpdate())
  const plain = items.filter(({ handle }) => /^Bad(MonitoredItem)?Filter/.test(refusals.get(handle) ?? ''))
  if (plain.length === 0) return refusals
  for (const { handle } of plain) refusals.delete(handle)
  return new Map([...refusals, ...(await create(plain, null))])

  async function create(wanted: readonly Item[], filter: DataChangeFilter | null): Promise<Refusals> {
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
    const refusals: Refusals = new Map()
    for (const [index, { handle }] of wanted.entries()) {
      const status = results?.[index]?.statusCode
      if (!status || status.isNotGood())
        refusals.set(handle, status ? `${status.name}, ${status.description}` : 'no answer')
    }
    return refusals
  }
}

/** A new time at the source is worth a reading, even when the value is the same: that it holds is news to a rule. */
const eachUpdate = (): DataChangeFilter =>
  new library.DataChangeFilter({
    trigger: library.DataChangeTrigger.StatusValueTimestamp,
    deadbandType: library.DeadbandType.None,
    deadbandValue: 0,
  })
