import { listAlarms } from '@fettle/contracts/alarms'
import { getAssetTimeline } from '@fettle/contracts/assets'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reading } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import type { TrendBand, TrendFlag } from '../../design/charts/trend-series.ts'
import { toneOfAlarm } from '../../design/state-tag.tsx'
import { useText } from '../../i18n/use-text.ts'

/** The longest page that a list answers; older marks are left to the timeline. */
const MARKS = 200

/** What happened to a machine, for its trend: alarms of the shown signals as bands, tickets and parts as flags. */
export function useAssetMarks(assetId: string, signalIds: readonly string[]) {
  const text = useText()
  const may = useMay()
  const navigate = useNavigate()
  const alarms = useQuery({
    ...reading(listAlarms, { querystring: { assetId, limit: MARKS } }),
    enabled: may('listAlarms'),
  })
  const timeline = useQuery({
    ...reading(getAssetTimeline, { params: { assetId }, querystring: { limit: MARKS } }),
    enabled: may('getAssetTimeline'),
  })

  const bands = useMemo(
    () =>
      (alarms.data?.items ?? []).flatMap((alarm): TrendBand[] => {
        if (!signalIds.includes(alarm.signalId)) return []
        const to = alarm.clearedAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(alarm.clearedAt)
        const tone = toneOfAlarm(alarm.peakLevel) === 'critical' ? 'critical' : 'warning'
        return [{ key: alarm.id, from: Date.parse(alarm.raisedAt), to, tone, label: text(alarm.failureModeName) }]
      }),
    [alarms.data, signalIds, text],
  )
  const flags = useMemo(
    () =>
      (timeline.data?.items ?? []).flatMap((entry): TrendFlag[] => {
        if (entry.kind !== 'ticket' && entry.kind !== 'part') return []
        const { ticketId } = entry
        const open = ticketId ? { onOpen: () => void navigate({ to: '/tickets/$ticketId', params: { ticketId } }) } : {}
        const at = Date.parse(entry.at)
        return [
          { key: `${entry.kind} ${entry.at} ${ticketId}`, at, kind: entry.kind, label: text(entry.title), ...open },
        ]
      }),
    [timeline.data, text, navigate],
  )
  // What lies outside the window is left out when it is drawn.
  return { bands, flags }
}
