import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openSegmentLog } from '../src/segment-log/segment-log.ts'

interface Acknowledged {
  position: number
  label: string
  bytes: number
}

const writer = fileURLToPath(new URL('./segment-log-writer.ts', import.meta.url))

/** Runs the writer and kills it with SIGKILL as soon as it acknowledged `killAfter` records; gives back all it acknowledged. */
async function writeUntilKilled(dir: string, run: number, killAfter: number): Promise<Acknowledged[]> {
  const flags = ['--conditions=source', '--import', import.meta.resolve('tsx')]
  const child = spawn(process.execPath, [...flags, writer, dir, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: Acknowledged[] = []
  const exited = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  // Lines that were written before the kill stay in the pipe, so they are read to the end.
  for await (const line of createInterface({ input: child.stdout })) {
    const [, position, label, bytes] = /^ack (\d+) (\S+) (\d+)$/.exec(line) ?? []
    if (!position || !label) continue
    acknowledged.push({ position: Number(position), label, bytes: Number(bytes) })
    if (acknowledged.length === killAfter) child.kill('SIGKILL')
  }
  expect(await exited).toBe('SIGKILL')
  return acknowledged
}

it('keeps every acknowledged record over kill -9, time and again', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const dir = await mkdtemp(join(tmpdir(), 'segment-log-crash-'))
  try {
    const acknowledged: Acknowledged[] = []
    for (let run = 0; run < 5; run++) {
      const killAfter = 1 + ((seed >> (run * 3)) % 1500)
      acknowledged.push(...(await writeUntilKilled(dir, run, killAfter)))

      const log = await openSegmentLog({ dir })
      const stored = new Map<number, Uint8Array>()
      for (let from = 0; from < log.nextPosition;) {
        const { records, next } = await log.read(from)
        for (const { position, payload } of records) stored.set(position, payload)
        from = next
      }
      await log.close()
      expect(new Set(acknowledged.map(({ position }) => position)).size).toBe(acknowledged.length)
      for (const { position, label, bytes } of acknowledged) {
        const payload = Buffer.from(stored.get(position) ?? [])
        expect(payload.equals(Buffer.alloc(bytes, `${label} `)), `record ${position}, ${label}, seed ${seed}`).toBe(
          true,
        )
      }
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(5)
  } finally {
    await rm(dir, { recursive: true })
  }
})
