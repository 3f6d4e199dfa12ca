import { AlertOutlined, CarOutlined, FileTextOutlined, InboxOutlined, MessageOutlined } from '@ant-design/icons'
import { getAssetTimeline, type TimelineEntry } from '@fettle/contracts/assets'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { epochOf } from '../../format/time.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './asset-page.module.css'

const icons: Record<TimelineEntry['kind'], ComponentType> = {
  alarm: AlertOutlined,
  ticket: FileTextOutlined,
  visit: CarOutlined,
  part: InboxOutlined,
  note: MessageOutlined,
}

/** What happened to this machine, newest first. */
export function AssetTimeline({ assetId }: { readonly assetId: string }) {
  const { t } = useTranslation(['assets', 'common'])
  const query = useInfiniteQuery(listing(getAssetTimeline, { params: { assetId }, querystring: { limit: 40 } }))
  if (query.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.isError && entries.length === 0)
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (entries.length === 0) return <EmptyState title={t('assets:timeline.none')} hint={t('assets:timeline.noneHint')} />
  return (
    <>
      <ol className={styles['timeline']}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.at} ${entry.alarmId ?? entry.ticketId} ${entry.title.zh}`} entry={entry} />
        ))}
      </ol>
      {query.isError ? <ErrorNotice error={query.error} onRetry={() => void query.fetchNextPage()} /> : null}
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:action.more')}
        </Button>
      ) : null}
    </>
  )
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useTranslation('assets')
  const text = useText()
  const format = useFormat()
  const Icon = icons[entry.kind]
  const lasted = entry.endedAt === null ? null : epochOf(entry.endedAt) - epochOf(entry.at)
  return (
    <li>
      <span className={styles['kind']} data-kind={entry.kind} aria-hidden="true">
        <Icon aria-hidden="true" />
      </span>
      <div className={styles['entry']}>
        <p>{text(entry.title)}</p>
        <p className={styles['about']}>
          <span>{t(`timeline.kind.${entry.kind}`)}</span>
          <TimeText at={entry.at} as="short" />
          {lasted === null ? null : <span>{t('timeline.lasted', { time: format.duration(lasted) })}</span>}
          {entry.by ? <span>{entry.by}</span> : null}
          {entry.ticketId ? (
            <Link to="/tickets/$ticketId" params={{ ticketId: entry.ticketId }}>
              {entry.ticketNumber}
            </Link>
          ) : null}
        </p>
      </div>
    </li>
  )
}
