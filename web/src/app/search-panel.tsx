/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a combobox with options of two parts has no tag of its own */
import { LoadingOutlined, SearchOutlined } from '@ant-design/icons'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../design/error-notice.tsx'
import styles from './global-search.module.css'
import { useSearchHits, type Hit } from './use-search-hits.ts'

/** A combobox over what the search finds: arrows choose, Enter opens, Escape closes (the dialog does that). */
export function SearchPanel({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const listId = useId()
  const [q, setQ] = useState('')
  const [place, setPlace] = useState(0)
  const { groups, isFetching, error, isSettled } = useSearchHits(q)
  const hits = groups.flatMap((group) => group.hits)
  const chosen = hits[Math.min(place, hits.length - 1)]
  const list = useRef<HTMLDivElement>(null)
  const optionId = (hit: Hit) => `${listId}-${hit.key}`

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.key])

  function open(hit: Hit) {
    onDone()
    void router.navigate(hit.target)
  }

  function onKeyDown(event: KeyboardEvent) {
    // A key that chooses among the words of an input method is not ours.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && chosen) open(chosen)
    else if (event.key === 'ArrowDown') setPlace((at) => (Math.min(at, hits.length - 1) + 1) % Math.max(hits.length, 1))
    else if (event.key === 'ArrowUp')
      setPlace((at) => (Math.min(at, hits.length - 1) + hits.length - 1) % Math.max(hits.length, 1))
    else return
    event.preventDefault()
  }

  return (
    <div>
      <div className={styles['field']}>
        {isFetching ? <LoadingOutlined aria-hidden="true" /> : <SearchOutlined aria-hidden="true" />}
        <input
          // The dialog was opened to type.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen ? optionId(chosen) : undefined}
          aria-autocomplete="list"
          aria-label={t('search.open')}
          placeholder={t('search.placeholder')}
          value={q}
          onChange={(event) => {
            setQ(event.target.value)
            setPlace(0)
          }}
          onKeyDown={onKeyDown}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div className={styles['hits']} id={listId} role="listbox" aria-label={t('search.open')} ref={list}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <p className={styles['group']} aria-hidden="true">
              {group.name}
            </p>
            {group.hits.map((hit) => (
              <div
                key={hit.key}
                id={optionId(hit)}
                role="option"
                tabIndex={-1}
                aria-selected={hit === chosen}
                className={styles['hit']}
                onMouseMove={() => setPlace(hits.indexOf(hit))}
                onClick={() => open(hit)}
                onKeyDown={onKeyDown}
              >
                <span className={styles['name']}>{hit.title}</span>
                <span className={styles['about']}>{hit.about}</span>
              </div>
            ))}
          </div>
        ))}
        {error ? <ErrorNotice error={error} /> : null}
        {isSettled && hits.length === 0 && !error ? (
          <p className={styles['none']}>
            <strong>{t('search.none', { q: q.trim() })}</strong>
            <br />
            {t('search.noneHint')}
          </p>
        ) : null}
      </div>
      <p className={styles['keys']} aria-hidden="true">
        {t('search.keys')}
      </p>
      <output className="visually-hidden">{isSettled ? t('search.results', { count: hits.length }) : ''}</output>
    </div>
  )
}
