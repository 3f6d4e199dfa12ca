import { priorities, ticketSources, ticketStates, ticketTypes } from '@fettle/contracts/ticket-life-cycle'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { Segmented } from 'antd'
import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../api/session.ts'
import { FilterBar } from '../../../filters/filter-bar.tsx'
import { FilterSelect } from '../../../filters/filter-select.tsx'
import { FilterToggle } from '../../../filters/filter-toggle.tsx'
import { SearchField } from '../../../filters/search-field.tsx'
import { useText } from '../../../i18n/use-text.ts'
import { isFiltered, rangeOf, type TicketSearch } from './ticket-search.ts'

interface TicketFiltersProps {
  readonly search: TicketSearch
  readonly onChange: (search: TicketSearch) => void
  readonly tools: ReactNode
}

export function TicketFilters({ search, onChange, tools }: TicketFiltersProps) {
  const { t } = useTranslation(['tickets', 'common'])
  const text = useText()
  const { engineerId: mine } = useMe()
  const onSearch = useCallback((q: string | undefined) => onChange({ ...search, q }), [onChange, search])
  const { state, source, priority, type, assigned, overdue } = search
  const chosen = [state, source, priority, type, assigned, overdue].filter((value) => value !== undefined).length
  const links = (['assetId', 'customerId', 'engineerId'] as const).filter(
    (key) => search[key] !== undefined && !(key === 'engineerId' && search[key] === mine),
  )
  return (
    <FilterBar
      tools={tools}
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
            onChange={(state) => onChange({ ...search, state, open: undefined })}
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
          <FilterToggle
            label={t('tickets:unassigned')}
            pressed={search.assigned === false}
            onChange={(pressed) => onChange({ ...search, assigned: pressed ? false : undefined })}
          />
          <FilterToggle
            label={t('tickets:overdue')}
            pressed={search.overdue === true}
            onChange={(pressed) => onChange({ ...search, overdue: pressed ? true : undefined })}
          />
        </>
      }
    >
      <SearchField label={t('tickets:search')} value={search.q} onChange={onSearch} />
      <Segmented
        aria-label={t('tickets:show.label')}
        value={rangeOf(search)}
        options={(['open', 'done', 'all'] as const).map((value) => ({ value, label: t(`tickets:show.${value}`) }))}
        onChange={(next) =>
          onChange({
            ...search,
            all: next === 'all' ? true : undefined,
            open: next === 'done' ? false : undefined,
            // A state belongs to one of the two others.
            state: next === 'all' ? state : undefined,
          })
        }
      />
      {mine === null ? null : (
        <FilterToggle
          label={t('tickets:mine')}
          pressed={search.engineerId === mine}
          onChange={(pressed) => onChange({ ...search, engineerId: pressed ? mine : undefined })}
        />
      )}
      {links.map((key) => (
        <FilterToggle
          key={key}
          label={t(`tickets:only.${key}`)}
          pressed
          onChange={() => onChange({ ...search, [key]: undefined })}
        />
      ))}
    </FilterBar>
  )
}
