import {
  priorities,
  ticketSources,
  ticketStates,
  ticketTypes,
  type Priority,
  type TicketSource,
  type TicketState,
  type TicketType,
} from '@fettle/contracts/ticket-life-cycle'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { Button, Segmented } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/session.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { useText } from '../../i18n/use-text.ts'

/** What the address of the pool can say. */
export interface TicketSearch {
  readonly q?: string | undefined
  readonly open?: boolean | undefined
  readonly all?: boolean | undefined
  readonly state?: TicketState | undefined
  readonly source?: TicketSource | undefined
  readonly priority?: Priority | undefined
  readonly type?: TicketType | undefined
  readonly assetId?: string | undefined
  readonly customerId?: string | undefined
  readonly engineerId?: string | undefined
  readonly sort?: 'createdAt' | '-createdAt' | 'number' | '-number' | undefined
  readonly create?: boolean | undefined
}

export function isFiltered({ sort: _, create: __, open: ___, all: ____, ...filters }: TicketSearch): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}

interface TicketFiltersProps {
  readonly search: TicketSearch
  readonly onChange: (search: TicketSearch) => void
}

export function TicketFilters({ search, onChange }: TicketFiltersProps) {
  const { t } = useTranslation(['tickets', 'common'])
  const text = useText()
  const { engineerId: mine } = useMe()
  const onSearch = useCallback((q: string | undefined) => onChange({ ...search, q }), [onChange, search])
  const show = search.all ? 'all' : search.open === false ? 'done' : 'open'
  const chosen = [search.state, search.source, search.priority, search.type].filter(Boolean).length
  const links = (['assetId', 'customerId', 'engineerId'] as const).filter(
    (key) => search[key] !== undefined && !(key === 'engineerId' && search[key] === mine),
  )
  return (
    <FilterBar
      active={chosen}
      onClear={
        isFiltered(search) ? () => onChange({ all: search.all, open: search.open, sort: search.sort }) : undefined
      }
      more={
        <>
          <FilterSelect
            label={t('tickets:filter.state')}
            value={search.state}
            options={ticketStates.map((value) => ({ value, label: text(stateName(standardWorkflow, value)) }))}
            onChange={(state) => onChange({ ...search, state })}
          />
          <FilterSelect
            label={t('tickets:filter.priority')}
            value={search.priority}
            options={priorities.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
            onChange={(priority) => onChange({ ...search, priority })}
          />
          <FilterSelect
            label={t('tickets:filter.source')}
            value={search.source}
            options={ticketSources.map((value) => ({ value, label: t(`tickets:source.${value}`) }))}
            onChange={(source) => onChange({ ...search, source })}
          />
          <FilterSelect
            label={t('tickets:filter.type')}
            value={search.type}
            options={ticketTypes.map((value) => ({ value, label: t(`tickets:type.${value}`) }))}
            onChange={(type) => onChange({ ...search, type })}
          />
        </>
      }
    >
      <SearchField label={t('tickets:search')} value={search.q} onChange={onSearch} />
      <Segmented
        aria-label={t('tickets:show.label')}
        value={show}
        options={(['open', 'done', 'all'] as const).map((value) => ({ value, label: t(`tickets:show.${value}`) }))}
        onChange={(next) =>
          onChange({
            ...search,
            all: next === 'all' ? true : undefined,
            open: next === 'done' ? false : undefined,
          })
        }
      />
      {mine === null ? null : (
        <Button
          type={search.engineerId === mine ? 'primary' : 'default'}
          aria-pressed={search.engineerId === mine}
          onClick={() => onChange({ ...search, engineerId: search.engineerId === mine ? undefined : mine })}
        >
          {t('tickets:mine')}
        </Button>
      )}
      {links.map((key) => (
        <Button key={key} type="primary" aria-pressed onClick={() => onChange({ ...search, [key]: undefined })}>
          {t(`tickets:only.${key === 'assetId' ? 'asset' : key === 'customerId' ? 'customer' : 'engineer'}`)}
        </Button>
      ))}
    </FilterBar>
  )
}
