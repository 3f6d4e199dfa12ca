import { Segmented } from 'antd'
import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { FilterToggle } from '../../filters/filter-toggle.tsx'
import { SearchField } from '../../filters/search-field.tsx'

/** What the address of the alarms can say. */
export interface AlarmSearch {
  readonly q?: string | undefined
  readonly active?: boolean | undefined
  readonly all?: boolean | undefined
  readonly acknowledged?: boolean | undefined
  readonly assetId?: string | undefined
  readonly alarm?: string | undefined
}

interface AlarmFiltersProps {
  readonly search: AlarmSearch
  readonly onChange: (search: AlarmSearch) => void
  readonly tools: ReactNode
}

export function AlarmFilters({ search, onChange, tools }: AlarmFiltersProps) {
  const { t } = useTranslation('alarms')
  const onSearch = useCallback((q: string | undefined) => onChange({ ...search, q }), [onChange, search])
  const { q, acknowledged, assetId } = search
  const filtered = q !== undefined || acknowledged !== undefined || assetId !== undefined
  return (
    <FilterBar
      tools={tools}
      active={acknowledged === undefined ? 0 : 1}
      onClear={filtered ? () => onChange({ all: search.all, active: search.active }) : undefined}
      more={
        <FilterSelect
          label={t('acknowledged')}
          value={acknowledged === undefined ? undefined : acknowledged ? 'yes' : 'no'}
          options={[
            { value: 'no', label: t('notAcknowledged') },
            { value: 'yes', label: t('isAcknowledged') },
          ]}
          onChange={(value) => onChange({ ...search, acknowledged: value === undefined ? undefined : value === 'yes' })}
        />
      }
    >
      <SearchField label={t('search')} value={q} onChange={onSearch} />
      <Segmented
        aria-label={t('show.label')}
        value={search.all ? 'all' : search.active === false ? 'cleared' : 'active'}
        options={(['active', 'cleared', 'all'] as const).map((value) => ({ value, label: t(`show.${value}`) }))}
        onChange={(next) =>
          onChange({
            ...search,
            all: next === 'all' ? true : undefined,
            active: next === 'cleared' ? false : undefined,
          })
        }
      />
      {assetId === undefined ? null : (
        <FilterToggle label={t('onlyAsset')} pressed onChange={() => onChange({ ...search, assetId: undefined })} />
      )}
    </FilterBar>
  )
}
