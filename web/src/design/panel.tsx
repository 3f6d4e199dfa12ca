import { useId, type ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  readonly title?: ReactNode
  /** Beside the title, at the right. */
  readonly extra?: ReactNode
  /** The content reaches the edges: tables, charts. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A part of a page on its own ground; a named region when it has a title. */
export function Panel({ title, extra, flush = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className={styles['panel']} aria-labelledby={title ? id : undefined}>
      {title ? (
        <div className={styles['head']}>
          <h2 id={id}>{title}</h2>
          {extra}
        </div>
      ) : null}
      <div className={styles['body']} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  )
}
