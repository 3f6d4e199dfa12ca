import { listAudit } from '@fettle/contracts/audit'
import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { StateTag } from '../../design/state-tag.tsx'

/** Whether the whole chain of rows still holds; the server walks it from its beginning. */
export function ChainBadge() {
  const { t } = useTranslation('audit')
  const { data } = useQuery(reading(listAudit, { querystring: { limit: 1 } }))
  if (!data) return <span className="muted">{t('checking')}</span>
  return (
    <Tooltip title={t(data.intact ? 'intactHint' : 'brokenHint')}>
      <output>
        <StateTag tone={data.intact ? 'ok' : 'critical'}>{t(data.intact ? 'intact' : 'broken')}</StateTag>
      </output>
    </Tooltip>
  )
}
