import { listAudit } from '@fettle/contracts/audit'
import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/query.ts'
import { StateTag } from '../../design/state-tag.tsx'
import { chainStateOf } from './chain-state.ts'

const tones = { intact: 'ok', broken: 'critical', unchecked: 'unknown' } as const

/** Whether the whole chain of rows still holds; the server walks it from its beginning. */
export function ChainBadge() {
  const { t } = useTranslation('audit')
  const state = chainStateOf(useQuery(reading(listAudit, { querystring: { limit: 1 } })))
  if (state === 'checking') return <span className="muted">{t('checking')}</span>
  return (
    <Tooltip title={t(`${state}Hint`)}>
      <output>
        <StateTag tone={tones[state]}>{t(state)}</StateTag>
      </output>
    </Tooltip>
  )
}
