import { assetStates, type AssetState, type AssetSummary } from '@fettle/contracts/assets'
import { Link } from '@tanstack/react-router'
import { AssetStateTag } from '../../design/state-tag.tsx'
import styles from './overview-page.module.css'

/** How many machines are in which state; each leads to those machines. */
export function FleetStates({ fleet }: { readonly fleet: readonly AssetSummary[] | undefined }) {
  const counts = new Map<AssetState, number>()
  for (const { state } of fleet ?? []) counts.set(state, (counts.get(state) ?? 0) + 1)
  return (
    <ul className={styles['states']}>
      {assetStates.flatMap((state) => {
        const count = counts.get(state)
        if (!count) return []
        return [
          <li key={state}>
            <Link to="/assets" search={{ state }}>
              <AssetStateTag state={state} plain />
              <strong>{count}</strong>
            </Link>
          </li>,
        ]
      })}
    </ul>
  )
}
