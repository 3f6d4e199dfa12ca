import { deleteView, listViews, saveView, type SavedView, type ViewedList } from '@fettle/contracts/views'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { reading } from '../api/query.ts'
import { useWrite } from '../api/write.ts'
import { useLanguage } from '../i18n/use-text.ts'
import { currentView, type ViewSearch } from './current-view.ts'
import type { Columns } from './use-columns.ts'

const touches = { touches: ['listViews'] } as const

/** The views that this person has saved of a list, and the one that is shown. */
export function useViews(list: ViewedList, search: ViewSearch, { hidden, hide }: Columns) {
  const query = useQuery({ ...reading(listViews, { querystring: { list } }), staleTime: 60_000 })
  const save = useWrite(saveView, touches)
  const remove = useWrite(deleteView, touches)
  const navigate = useNavigate()
  const language = useLanguage()
  /** The last one that was deleted can be brought back until another follows it. */
  const [deleted, setDeleted] = useState<SavedView>()
  const views = useMemo(() => {
    const { compare } = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en', { numeric: true })
    return query.data?.items.toSorted((a, b) => compare(a.name, b.name)) ?? []
  }, [query.data, language])
  const content = { search, hiddenColumns: [...hidden] }

  return {
    query,
    views,
    content,
    current: currentView(views, content),
    isDefault: Object.keys(search).length === 0 && hidden.length === 0,
    save,
    /** Resolves when it is there. */
    saveAs: (name: string, overwrite: boolean) =>
      save.mutateAsync({ body: { list, name, content, ...(overwrite && { overwrite }) } }),
    /** The address takes the filters; what the page no longer knows of them it leaves out. */
    apply: ({ search: wanted, hiddenColumns }: SavedView['content']) => {
      hide(hiddenColumns)
      // The view may be older than the page: the route reads it as it reads any address.
      void navigate({ to: '.', search: wanted as never })
    },
    remove,
    forget: (view: SavedView) => remove.mutate({ params: { viewId: view.id } }, { onSuccess: () => setDeleted(view) }),
    deleted,
    undo: ({ name, content: former }: SavedView) =>
      save.mutate({ body: { list, name, content: former } }, { onSuccess: () => setDeleted(undefined) }),
  }
}
export type Views = ReturnType<typeof useViews>
