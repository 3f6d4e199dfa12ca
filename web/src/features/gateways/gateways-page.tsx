import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { PageHeader } from '../../design/page-header.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { GatewayList } from './gateway-list.tsx'

const route = getRouteApi('/app/gateways')

/** What connects the machines, and what could not be taken from them. */
export function GatewaysPage() {
  const { t } = useTranslation(['gateways', 'shell'])
  const may = useMay()
  const { view } = route.useSearch()
  const navigate = useNavigate()
  const letters = view === 'letters' && may('listDeadLetters')
  return (
    <>
      <PageHeader
        title={t('shell:pages.gateways')}
        actions={
          may('listDeadLetters') ? (
            <Segmented
              aria-label={t('gateways:view.label')}
              value={letters ? 'letters' : 'gateways'}
              options={(['gateways', 'letters'] as const).map((value) => ({
                value,
                label: t(`gateways:view.${value}`),
              }))}
              onChange={(next) => void navigate({ to: '/gateways', search: next === 'letters' ? { view: next } : {} })}
            />
          ) : null
        }
      />
      {letters ? <DeadLetters /> : <GatewayList />}
    </>
  )
}
