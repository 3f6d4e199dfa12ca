import { Skeleton } from 'antd'
import { Panel } from '../../design/panel.tsx'
import styles from './ticket-view.module.css'

/** The page before its ticket is there: the same columns, the same panels. */
export function TicketSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton
        active
        title={{ width: '40%' }}
        paragraph={{ rows: 1, width: '24%' }}
        className={styles['bone'] ?? ''}
      />
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Panel>
            <Skeleton active title={false} paragraph={{ rows: 3 }} />
          </Panel>
          <Panel>
            <Skeleton active paragraph={{ rows: 9 }} />
          </Panel>
        </div>
        <div className={styles['column']}>
          <Panel>
            <Skeleton active paragraph={{ rows: 4 }} />
          </Panel>
          <Panel>
            <Skeleton active paragraph={{ rows: 3 }} />
          </Panel>
        </div>
      </div>
    </div>
  )
}
