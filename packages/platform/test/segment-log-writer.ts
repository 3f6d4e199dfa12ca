// The victim of segment-log-crash.test.ts: appends without end and reports each position once it is acknowledged.
import { writeSync } from 'node:fs'
import { systemClock } from '@fettle/platform/clock'
import { openSegmentLog } from '@fettle/platform/segment-log/segment-log'

const [dir = '', run = ''] = process.argv.slice(2)
const log = await openSegmentLog({ dir, segmentBytes: 256 * 1024, clock: systemClock })
writeSync(1, `dropped ${log.stats().droppedBytes}\n`)

let serial = 0
async function appendForEver(): Promise<never> {
  for (;;) {
    const label = `${run}:${serial++}`
    const payload = Buffer.alloc(50 + ((serial * 7919) % 9000), label + ' ')
    const position = await log.append(payload)
    // A synchronous write: what the parent reads here was acknowledged before the kill.
    writeSync(1, `ack ${position} ${label} ${payload.length}\n`)
  }
}

await Promise.all(Array.from({ length: 32 }, appendForEver))
