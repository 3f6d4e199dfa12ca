import type { ViewedList } from '@fettle/contracts/views'
import { useMemo, useState } from 'react'
import { useMe } from '../api/session.ts'
import type { ListColumn } from '../design/list-columns.ts'
import { remember, rememberedText } from '../design/remembered.ts'
import { type ColumnName, hideable, read, written } from './column-choice.ts'

export interface Columns {
  readonly names: readonly ColumnName[]
  /** Keys of the columns that are not shown. */
  readonly hidden: readonly string[]
  readonly hide: (hidden: readonly string[]) => void
}

/**
 * Which columns of a list this person sees on this device: `const columns = useColumns('assets', useAssetColumns(), 'asset')`.
 * `always` is the one that says which row it is.
 */
export function useColumns<Item>(
  list: ViewedList | 'movements',
  columns: readonly ListColumn<Item>[],
  always: string,
): Columns & { readonly shown: ListColumn<Item>[] } {
  const { id } = useMe()
  const place = `columns.${list}.${id}`
  const [wanted, setWanted] = useState(() => read(rememberedText(place)))
  return useMemo(() => {
    const names = columns.map(({ key, name, title }) => ({
      key,
      name: name ?? (typeof title === 'string' ? title : key),
      always: key === always,
    }))
    const hidden = hideable(wanted, names)
    return {
      names,
      hidden,
      shown: columns.filter(({ key }) => !hidden.includes(key)),
      hide: (next) => {
        remember(place, written(next))
        setWanted([...next])
      },
    }
  }, [columns, always, wanted, place])
}
