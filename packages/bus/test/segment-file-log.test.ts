import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openSegmentFileLog } from '../src/segment-file-log.ts'
import { partitionedLogConformance } from './conformance.ts'

partitionedLogConformance('segment files', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'segment-file-log-'))
  return {
    open: () => openSegmentFileLog({ dir, partitions: 2, segmentBytes: 512 }),
    oversizedBytes: 16 * 1024 * 1024 + 1,
    async loseOldest(log) {
      for (let i = 0; i < 20; i++) await log.append(0, Buffer.alloc(100, i))
      await log.trim(0, 15)
    },
    dispose: () => rm(dir, { recursive: true }),
  }
})

it('refuses a folder that was written with more partitions', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'segment-file-log-'))
  try {
    await (await openSegmentFileLog({ dir, partitions: 3 })).close()
    await expect(openSegmentFileLog({ dir, partitions: 2 })).rejects.toThrow('holds a log of 3 partitions')
  } finally {
    await rm(dir, { recursive: true })
  }
})
