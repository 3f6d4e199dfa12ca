/** What the child processes of these tests tell their parent. */
export type Report =
  | { kind: 'started'; url: string; port: number }
  | { kind: 'locked' }
  | { kind: 'done' }
  | { kind: 'failed'; code: string | undefined; message: string }

/** What the parent may ask of a child. */
export type Order = 'stop' | 'throw'

/** Runs `work` and reports its result; a failure is a report too, not a crash. */
export async function reporting(work: () => Promise<Report>): Promise<void> {
  const report = await work().catch((error: Error & { code?: string }): Report => {
    return { kind: 'failed', code: error.code, message: error.message }
  })
  process.send?.(report)
  if (report.kind === 'failed') process.disconnect()
}
