import { listFailureModes } from '@fettle/contracts/failure-modes'
import { listRules } from '@fettle/contracts/rules'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { whole } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { Panel } from '../../design/panel.tsx'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { useText } from '../../i18n/use-text.ts'
import { RuleTable } from './rule-table.tsx'
import styles from './rules.module.css'
import { useModels } from './use-models.ts'

const route = getRouteApi('/app/rules')

/** What is watched, model by model, in words. Read only: a rule is changed as a file and gets a new version. */
export function RulesPage() {
  const { t } = useTranslation(['rules', 'shell'])
  const text = useText()
  const { model } = route.useSearch()
  const navigate = useNavigate()
  const query = useQuery(whole(listRules, { querystring: {} }))
  const modes = useQuery({ ...whole(listFailureModes, { querystring: {} }), staleTime: 5 * 60_000 })
  const models = useModels()
  const keys = [...new Set((query.data?.items ?? []).map(({ modelKey }) => modelKey ?? ''))]
  const nameOf = (key: string) => {
    const name = models.get(key)?.name
    return name ? `${key} ${text(name)}` : key || t('rules:oneAsset')
  }

  return (
    <>
      <PageHeader title={t('shell:pages.rules')} />
      <FilterBar>
        <FilterSelect
          label={t('rules:search')}
          value={model}
          options={keys.filter(Boolean).map((value) => ({ value, label: nameOf(value) }))}
          onChange={(value) => void navigate({ to: '/rules', search: compact({ model: value }), replace: true })}
        />
        <span className="muted">{t('rules:hint')}</span>
      </FilterBar>
      {query.isPending ? (
        <Panel>
          <Skeleton active paragraph={{ rows: 10 }} />
        </Panel>
      ) : query.isLoadingError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Panel>
          <EmptyState title={t('rules:none')} hint={t('rules:noneHint')} />
        </Panel>
      ) : (
        <div className={styles['models']}>
          {keys
            .filter((key) => model === undefined || key === model)
            .map((key) => (
              <Panel key={key} title={nameOf(key)} flush>
                <RuleTable
                  label={nameOf(key)}
                  rules={query.data.items.filter(({ modelKey }) => (modelKey ?? '') === key)}
                  signals={models.get(key)?.signals ?? []}
                  failureModes={modes.data?.items ?? []}
                />
              </Panel>
            ))}
        </div>
      )}
    </>
  )
}
