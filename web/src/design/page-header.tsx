import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  /** Beside the title: states, counts. */
  readonly children?: ReactNode
  /** At the right: what can be done here. */
  readonly actions?: ReactNode
  /** Above the title: where this page belongs. */
  readonly parent?: ReactNode
}

/** The head of every page; also names the browser's tab. */
export function PageHeader({ title, children, actions, parent }: PageHeaderProps) {
  const { t } = useTranslation()
  const product = t('product')
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
  return (
    <div className={styles['header']}>
      <div className={styles['words']}>
        {parent ? <div className={styles['parent']}>{parent}</div> : null}
        <div className={styles['line']}>
          <h1 className={styles['title']}>{title}</h1>
          {children}
        </div>
      </div>
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </div>
  )
}
