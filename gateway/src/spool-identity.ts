import { join } from 'node:path'
import { uuidv7 } from '@fettle/platform/ids'
import type { SegmentLog } from '@fettle/platform/segment-log/segment-log'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { readJsonFile, writeDurably } from './durable-file.ts'

const Position = Type.Integer({ minimum: 0 })

/** Who the platform knows this spool as. `base` is the position in the log of batch 0. */
const Identity = Type.Object({ bootId: Type.String({ minLength: 1 }), base: Position })
export type Identity = Static<typeof Identity>

/** How far the platform has acknowledged: `next` is the first batch of `bootId` that it has not. */
const Progress = Type.Object({ bootId: Type.String(), next: Position })

/** The files lie beside the segments, so whoever deletes the spool deletes its identity too. */
const identityPath = (dir: string) => join(dir, 'identity.json')
const progressPath = (dir: string) => join(dir, 'acknowledged.json')

/**
 * Loads who the spool is and how far the platform acknowledged it. A spool gets a new identity only when it is new, or
 * when its log ends before what was acknowledged: such a log has lost its past, and under the old identity the numbers
 * that it gives out next would be taken for repetitions. What a log still holds then is sent as the new identity's.
 */
export async function loadIdentity(
  dir: string,
  log: Pick<SegmentLog, 'firstPosition' | 'nextPosition'>,
): Promise<{ identity: Identity; acknowledged: number }> {
  const known = await readJsonFile(identityPath(dir))
  if (Value.Check(Identity, known)) {
    const progress = await readJsonFile(progressPath(dir))
    const acknowledged = Value.Check(Progress, progress) && progress.bootId === known.bootId ? progress.next : 0
    if (known.base + acknowledged <= log.nextPosition) {
      return { identity: known, acknowledged: Math.max(acknowledged, log.firstPosition - known.base) }
    }
  }
  const identity = { bootId: uuidv7(), base: log.firstPosition }
  await writeDurably(identityPath(dir), identity)
  return { identity, acknowledged: 0 }
}

export async function saveProgress(dir: string, { bootId }: Identity, next: number): Promise<void> {
  await writeDurably(progressPath(dir), { bootId, next } satisfies Static<typeof Progress>)
}
