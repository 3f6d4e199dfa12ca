import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { PageHeader } from '../../design/page-header.tsx'
import { Catalogue } from './catalogue.tsx'
import { Ledger } from './ledger.tsx'

const route = getRouteApi('/app/parts')

/** What lies where, and the ledger of how it got there. */
export function PartsPage() {
  const { t } = useTranslation(['parts', 'shell'])
  const may = useMay()
  const { view } = route.useSearch()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader
        title={t('shell:pages.parts')}
        actions={
          may('listMovements') ? (
            <Segmented
              aria-label={t('parts:view.label')}
              value={view ?? 'stock'}
              options={(['stock', 'ledger'] as const).map((value) => ({ value, label: t(`parts:view.${value}`) }))}
              onChange={(next) => void navigate({ to: '/parts', search: next === 'ledger' ? { view: next } : {} })}
            />
          ) : null
        }
      />
      {view === 'ledger' ? <Ledger /> : <Catalogue />}
    </>
  )
}
