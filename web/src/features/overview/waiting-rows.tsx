import styles from './overview-page.module.css'

/** Rows of the final height while the answer is on its way. */
export function WaitingRows({ rows }: { readonly rows: number }) {
  return (
    <ul aria-busy="true">
      {Array.from({ length: rows }, (_, place) => (
        <li key={place} className={styles['bone']} style={{ height: 72, marginBlock: 8 }} />
      ))}
    </ul>
  )
}
