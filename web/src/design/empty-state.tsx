import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface EmptyStateProps {
  /** One sentence: what is not here. */
  readonly title: string
  readonly hint?: string
  /** The next action. */
  readonly children?: ReactNode
}

export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <svg width="56" height="32" viewBox="0 0 56 32" fill="none" aria-hidden="true">
        <path
          d="M2 20h14l5-12 8 20 5-8h20"
          stroke="var(--line-strong)"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <p className={styles['title']}>{title}</p>
      {hint ? <p className={styles['hint']}>{hint}</p> : null}
      {children ? <div className={styles['next']}>{children}</div> : null}
    </div>
  )
}
