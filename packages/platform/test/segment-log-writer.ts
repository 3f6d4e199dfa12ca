// The victim of segment-log-crash.test.ts: appends without end and reports each position once it is acknowledged.
import { writeSync } from 'node:fs'
import { systemClock } from '@fettle/platform/clock'
import { openSegmentLog } from '@fettle/platform/segment-log/segment-log'

const [dir = '', run = ''] = process.argv.slice(2)
const log = await openSegmentLog({ dir, segmentBytes: 256 * 1024, clock: systemClock })
report(`dropped ${log.stats().droppedBytes}\n`)

let serial = 0
async function appendForEver(): Promise<never> {
  for (;;) {
    const label = `${run}:${serial++}`
    const payload = Buffer.alloc(50 + ((serial * 7919) % 9000), label + ' ')
    const position = await log.append(payload)
    report(`ack ${position} ${label} ${payload.length}\n`)
  }
}

await Promise.all(Array.from({ length: 32 }, appendForEver))

/** A synchronous write: what the parent reads was acknowledged before the kill. A pipe that is full takes it a moment later. */
function report(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
