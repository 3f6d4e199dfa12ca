import { open, rename, stat } from 'node:fs/promises'

const rotateAboveBytes = 10 * 1024 * 1024

/** Renames the log to `….1` (the older one goes) when it grew beyond 10 MB. Only while no server writes to it. */
export async function rotateServerLog(file: string): Promise<void> {
  const size = await sizeOf(file)
  if (size > rotateAboveBytes) await rename(file, `${file}.1`)
}

/** Bytes in the log now; where the lines of the next start will begin. */
export async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** The last `count` lines that were written after byte `from`; at most 16 KiB are read. */
export async function lastLogLines(file: string, from: number, count: number): Promise<string[]> {
  const size = await sizeOf(file)
  const start = Math.max(from, size - 16_384)
  if (size <= start) return []
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start })
    return buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n').slice(-count)
  } finally {
    await handle.close()
  }
}
