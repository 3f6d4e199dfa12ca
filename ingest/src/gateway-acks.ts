import type { GatewayAck, GatewayBatch } from '@fettle/contracts/uplink'
import type { RejectedReading } from './refusals.ts'

type BatchId = Pick<GatewayBatch, 'bootId' | 'seq'>

/** How far one connection of a gateway came. */
interface Progress {
  bootId: string
  /** All batches of this boot up to this one are durable. */
  seq: number
  /** Messages since then that did not even say which batch they are; each may be one of the numbers that are missing. */
  unreadable: number
}

/**
 * Answers of one gateway connection; call it for each message in order, when it is durable.
 *
 * An acknowledgement is cumulative and lets the gateway forget, so it may never run ahead of what is stored. What holds: a gateway
 * begins each connection with its first batch that was not acknowledged, so everything before the first batch of a connection is
 * stored (or given up by the gateway). From there it counts up in steps of one. A batch that jumps ahead is stored but not
 * acknowledged, until a new connection brings what is missing. Nothing needs to be remembered across connections or restarts, as
 * writing a batch twice has the effect of writing it once.
 */
export function gatewayAcks() {
  let progress: Progress | undefined

  return {
    /** Undefined when there is nothing to say. */
    answer(batch: BatchId | undefined, rejected: readonly RejectedReading[]): GatewayAck | undefined {
      if (!batch) {
        if (progress) progress.unreadable++
        return undefined
      }
      if (progress?.bootId !== batch.bootId) progress = { ...batch, unreadable: 0 }
      const next = progress.seq + 1 + progress.unreadable
      if (batch.seq > progress.seq && batch.seq <= next) progress = { ...batch, unreadable: 0 }
      // `rejected` is about the batch that is named, so it is left out when another one is.
      const named = batch.seq === progress.seq
      return { bootId: progress.bootId, seq: progress.seq, rejected: named ? [...rejected] : [] }
    },
  }
}

/**
 * Remembers how far each gateway was acknowledged in the life of this process, so that a batch that comes again after a reconnect
 * need not be written again.
 */
export function acknowledgedBatches() {
  const byGateway = new Map<string, BatchId>()
  return {
    has(gatewayKey: string, { bootId, seq }: BatchId): boolean {
      const last = byGateway.get(gatewayKey)
      return last?.bootId === bootId && seq <= last.seq
    },
    add(gatewayKey: string, batch: BatchId): void {
      if (!this.has(gatewayKey, batch)) byGateway.set(gatewayKey, { bootId: batch.bootId, seq: batch.seq })
    },
  }
}
