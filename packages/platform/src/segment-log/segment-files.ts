import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** An open file; offsets and sizes in bytes. `FileHandle` of Node has this shape. */
export interface SegmentFileHandle {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
  write(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>
  /** Resolves when data and size of the file are on the medium. */
  datasync(): Promise<void>
  truncate(bytes: number): Promise<void>
  close(): Promise<void>
}

/** The file system as the log needs it: the port that a test replaces to count syncs or to let them fail. */
export interface SegmentFiles {
  /** Makes the folder and its parents, durably. */
  makeFolder(dir: string): Promise<void>
  list(dir: string): Promise<string[]>
  /** `create` makes a new file and fails when it exists. */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<SegmentFileHandle>
  stat(path: string): Promise<{ bytes: number; modifiedMs: number }>
  remove(path: string): Promise<void>
  /** Makes created and removed names in the folder durable. */
  syncFolder(dir: string): Promise<void>
}

const flags = { read: 'r', write: 'r+', create: 'wx+' } as const

export const nodeFiles: SegmentFiles = {
  async makeFolder(dir) {
    const topmost = await mkdir(dir, { recursive: true })
    if (topmost) await syncFolder(dirname(topmost))
  },
  list: (dir) => readdir(dir),
  open: (path, mode) => open(path, flags[mode]),
  async stat(path) {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, modifiedMs: mtimeMs }
  },
  remove: (path) => unlink(path),
  syncFolder,
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
