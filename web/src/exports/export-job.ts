import type { Language } from '../i18n/setup.ts'
import { toLocalInput } from '../format/local-time.ts'
import { serverClock } from '../format/server-clock.ts'
import { download, keepFile, type ListFile, type Progress } from './download.ts'

export type ExportState =
  | ({ readonly phase: 'running' } & Progress)
  | { readonly phase: 'saved'; readonly rows: number; readonly fileName: string }
  | { readonly phase: 'cancelled' }
  | { readonly phase: 'failed'; readonly error: unknown }

/** One file on its way; goes on when its page is left. */
export interface ExportJob {
  readonly name: string
  state(): ExportState
  subscribe(changed: () => void): () => void
  cancel(): void
  /** Resolves however it ends. */
  readonly ended: Promise<ExportState>
}

const running = new Set<ExportJob>()

export function startExport(file: ListFile, language: Language): ExportJob {
  const listeners = new Set<() => void>()
  const leaving = new AbortController()
  let state: ExportState = { phase: 'running', rows: 0, total: null }
  const become = (next: ExportState) => {
    state = next
    for (const changed of listeners) changed()
    return next
  }

  async function run(): Promise<ExportState> {
    try {
      const { content, rows } = await download(file, {
        language,
        signal: leaving.signal,
        onProgress: (progress) => become({ phase: 'running', ...progress }),
      })
      const fileName = `${file.name}-${toLocalInput(serverClock.now()).slice(0, 10)}.csv`
      keepFile(content, fileName)
      return become({ phase: 'saved', rows, fileName })
    } catch (error) {
      return become(leaving.signal.aborted ? { phase: 'cancelled' } : { phase: 'failed', error })
    } finally {
      running.delete(job)
    }
  }

  const job: ExportJob = {
    name: file.name,
    state: () => state,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    cancel: () => leaving.abort(),
    get ended() {
      return ended
    },
  }
  running.add(job)
  const ended = run()
  return job
}

/** Whoever signs out takes nothing more along. */
export function cancelExports() {
  for (const job of running) job.cancel()
}
