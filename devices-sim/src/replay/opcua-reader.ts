import type { MonitoredItem, Subscription } from 'node-opcua-server'
import type { SubscriptionEvents } from './opcua-server.ts'

/** The subscription that reads the recording: the one that came last, for a gateway that was killed comes again as another. */
export interface OpcUaReader extends SubscriptionEvents {
  /** False while nobody subscribes. */
  isThere(): boolean
  /** Everything that was shown has been told to it and acknowledged. */
  hasAll(): boolean
  /** How many samples may be shown before one of them would be lost. */
  room(): number
}

export interface OpcUaReaderOptions {
  /** Another subscription reads from now on; what is shown when this returns is the first that it gets. */
  onNewReader: () => void
  /** Something was acknowledged, or the reader is gone. */
  onProgress: () => void
  /** A subscription that samples would not see each change, so it is no reader. */
  onOnlooker: (samplingMs: number) => void
}

interface Following {
  subscription: Subscription
  items: Map<number, MonitoredItem>
  /** Messages that were sent and not acknowledged: sequence number → handles of the items that they tell of. */
  under: Map<number, readonly number[]>
  /** Handles of items whose first value was acknowledged. */
  heard: Set<number>
}

/**
 * Follows who subscribes and what they acknowledge. An OPC UA client acknowledges a message with a later request for the
 * next one; ours does so when the values are safe on its disk.
 */
export function createOpcUaReader({ onNewReader, onProgress, onOnlooker }: OpcUaReaderOptions): OpcUaReader {
  let reader: Following | undefined

  function begin(subscription: Subscription): Following {
    onNewReader()
    const following: Following = { subscription, items: new Map(), under: new Map(), heard: new Set() }
    subscription.on('terminated', () => {
      if (reader === following) reader = undefined
      onProgress()
    })
    subscription.on('removeMonitoredItem', ({ clientHandle }: MonitoredItem) => {
      following.items.delete(clientHandle)
      onProgress()
    })
    return following
  }

  return {
    onItem(subscription, item) {
      if (!item.isExceptionBased) return onOnlooker(item.samplingInterval)
      if (reader?.subscription.id !== subscription.id) reader = begin(subscription)
      reader.items.set(item.clientHandle, item)
    },
    onMessage(subscriptionId, sequence, handles) {
      if (reader?.subscription.id === subscriptionId) reader.under.set(sequence, handles)
    },
    onAcknowledged(subscriptionId, sequence) {
      if (reader?.subscription.id !== subscriptionId) return
      for (const handle of reader.under.get(sequence) ?? []) reader.heard.add(handle)
      reader.under.delete(sequence)
      onProgress()
    },
    isThere: () => reader !== undefined && reader.items.size > 0,
    hasAll() {
      if (!reader || reader.under.size > 0) return false
      const { subscription, items, heard } = reader
      if (subscription.hasUncollectedMonitoredItemNotifications || subscription.hasPendingNotifications) return false
      return [...items.keys()].every((handle) => heard.has(handle))
    },
    room() {
      if (!reader) return 0
      const { items, heard } = reader
      // Until each item has told its first value nobody knows whether the client has made all that it wants.
      if (![...items.keys()].every((handle) => heard.has(handle))) return 1
      return Math.min(...[...items.values()].map(({ queueSize }) => queueSize))
    },
  }
}
