import { PlusOutlined } from '@ant-design/icons'
import { getTicketMoney } from '@fettle/contracts/money'
import type { Ticket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { useMay } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { Panel } from '../../../design/panel.tsx'
import { AddLineForm } from './add-line-form.tsx'
import { MarginFigures } from './margin-figures.tsx'
import { MoneyLines } from './money-lines.tsx'
import styles from './money.module.css'

/** The money of a ticket, live: margin first, then every line behind it. Only for roles that may see money. */
export function MoneyPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation('money')
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const query = useQuery(reading(getTicketMoney, { params: { ticketId: ticket.id } }))
  const mayAdd = may('addMoneyLine') && query.data?.locked === false
  return (
    <Panel
      title={t('title')}
      extra={
        mayAdd && !adding ? (
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 5 }} />
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {query.data.lines.length > 0 ? <MarginFigures margin={query.data.margin} /> : null}
          {query.data.locked ? <p className="muted">{t('locked')}</p> : null}
          {mayAdd && adding ? (
            <div className={styles['adding']}>
              <AddLineForm ticketId={ticket.id} onDone={() => setAdding(false)} />
            </div>
          ) : null}
          <MoneyLines lines={query.data.lines} />
        </>
      )}
    </Panel>
  )
}
