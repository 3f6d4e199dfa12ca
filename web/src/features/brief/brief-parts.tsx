import type { Brief } from '@fettle/contracts/brief'
import { compareDecimals } from '@fettle/domain/costs/decimal'
import { useTranslation } from 'react-i18next'
import { StateTag } from '../../design/state-tag.tsx'
import { useQuantity } from '../../format/use-quantity.ts'
import { useText } from '../../i18n/use-text.ts'
import { partsByNeed } from './parts-by-need.ts'
import styles from './brief.module.css'

type BriefPart = Brief['parts'][number]

/** Parts of the likely failures: enough on the van, or where else they lie. */
export function BriefParts({ brief }: { readonly brief: Brief }) {
  const { t } = useTranslation('brief')
  const { likely, unlikely } = partsByNeed(brief)
  const hasVan = brief.ticket.engineerId !== null
  if (brief.parts.length === 0) return <p className="muted">{t('parts.none')}</p>
  return (
    <>
      <ul className={styles['parts']}>
        {likely.map((part) => (
          <PartEntry key={part.partCode} part={part} hasVan={hasVan} />
        ))}
      </ul>
      {unlikely.length > 0 ? (
        <details className={styles['unlikely']}>
          <summary>{t('parts.unlikely', { count: unlikely.length })}</summary>
          <ul className={styles['parts']}>
            {unlikely.map((part) => (
              <PartEntry key={part.partCode} part={part} hasVan={hasVan} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

/** Before anybody is assigned there is no van to judge by. */
function PartEntry({ part, hasVan }: { readonly part: BriefPart; readonly hasVan: boolean }) {
  const { t } = useTranslation('brief')
  const text = useText()
  const { amount } = useQuantity()
  const enough = compareDecimals(part.onVan, part.quantity) >= 0
  return (
    <li>
      <p className={styles['part']}>
        <strong>
          {part.partCode} {text(part.partName)}
        </strong>
        {hasVan ? (
          <StateTag tone={enough ? 'ok' : 'warning'} plain>
            {t(enough ? 'parts.enough' : 'parts.short')}
          </StateTag>
        ) : null}
      </p>
      <p className="muted">
        {t(hasVan ? 'parts.amounts' : 'parts.need', {
          need: amount(part.quantity, part.unit),
          van: amount(part.onVan, part.unit),
        })}
      </p>
      {hasVan && enough ? null : (
        <ul className={styles['places']}>
          {part.elsewhere.length === 0 ? <li>{t('parts.nowhere')}</li> : null}
          {part.elsewhere.map(({ locationName, quantity }) => (
            <li key={locationName}>
              {t('parts.line', { location: locationName, quantity: amount(quantity, part.unit) })}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
