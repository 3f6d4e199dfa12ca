import { App } from 'antd'
import { useCallback, useState } from 'react'
import { usePhone } from '../design/use-media.ts'
import { useLanguage } from '../i18n/use-text.ts'
import type { ListFile } from './download.ts'
import { type ExportJob, type ExportState, startExport } from './export-job.ts'
import { ExportProgress, ExportTitle } from './export-notice.tsx'

/** What was saved is read in passing; what failed stays until it has been read. */
const secondsShown: Record<ExportState['phase'], number> = { running: 0, saved: 8, cancelled: 4, failed: 0 }
let started = 0

/** Takes lists away as files, with a notice of how far it is; the notice outlives the page that it was asked for on. */
export function useExport() {
  const { notification } = App.useApp()
  const phone = usePhone()
  const language = useLanguage()
  const [busy, setBusy] = useState(false)

  const run = useCallback(
    async (file: ListFile) => {
      started += 1
      const key = `export-${started}`
      const show = (job: ExportJob) => {
        const { phase } = job.state()
        notification.open({
          key,
          title: <ExportTitle job={job} />,
          description: <ExportProgress job={job} onRetry={() => void again()} />,
          placement: phone ? 'bottom' : 'bottomRight',
          // Above the bar that a phone has at its lower edge.
          ...(phone && { style: { marginBottom: 56 } }),
          duration: secondsShown[phase],
          closable: phase !== 'running',
        })
      }
      const again = async () => {
        const job = startExport(file, language)
        setBusy(true)
        show(job)
        await job.ended
        setBusy(false)
        show(job)
      }
      await again()
    },
    [notification, phone, language],
  )
  return { run, busy }
}
