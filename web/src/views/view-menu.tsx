import { CheckOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../design/error-notice.tsx'
import styles from './list-tools.module.css'
import { SaveViewForm } from './save-view-form.tsx'
import { takeFocus } from './take-focus.ts'
import type { Views } from './use-views.ts'

interface ViewMenuProps {
  readonly views: Views
  /** A view was chosen. */
  readonly onDone: () => void
}

/** The saved views of a list; the one that is shown has a tick. */
export function ViewMenu({ views, onDone }: ViewMenuProps) {
  const { t } = useTranslation('lists')
  /** Undefined until the first time: afterwards the keyboard comes back to the button that the form stood for. */
  const [naming, setNaming] = useState<boolean>()
  const { query, current, isDefault, deleted } = views
  const choose = (content: Views['content']) => {
    views.apply(content)
    onDone()
  }
  const failure = query.error ?? views.remove.error ?? (naming ? null : views.save.error)
  return (
    <>
      <ul className={styles['rows']}>
        <li>
          <ViewRow
            name={t('views.default')}
            current={isDefault && current === undefined}
            onChoose={() => choose({ search: {}, hiddenColumns: [] })}
          />
        </li>
        {views.views.map((view) => (
          <li key={view.id}>
            <ViewRow name={view.name} current={view.id === current?.id} onChoose={() => choose(view.content)} />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('views.delete', { name: view.name })}
              title={t('views.delete', { name: view.name })}
              onClick={() => views.forget(view)}
            />
          </li>
        ))}
      </ul>
      {deleted ? (
        <output className={styles['deleted']}>
          <span>{t('views.deleted', { name: deleted.name })}</span>
          <Button
            key={deleted.id}
            type="link"
            size="small"
            ref={takeFocus}
            loading={views.save.isPending}
            onClick={() => views.undo(deleted)}
          >
            {t('views.undo')}
          </Button>
        </output>
      ) : null}
      {query.isSuccess && views.views.length === 0 && !deleted ? (
        <p className={styles['hint']}>{t('views.none')}</p>
      ) : null}
      {failure ? <ErrorNotice error={failure} /> : null}
      <div className={styles['foot']}>
        {naming ? (
          <SaveViewForm views={views} onDone={() => setNaming(false)} />
        ) : (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            ref={naming === false ? takeFocus : null}
            onClick={() => {
              views.save.reset()
              setNaming(true)
            }}
          >
            {t('views.save')}
          </Button>
        )}
      </div>
    </>
  )
}

interface ViewRowProps {
  readonly name: string
  readonly current: boolean
  readonly onChoose: () => void
}

function ViewRow({ name, current, onChoose }: ViewRowProps) {
  return (
    <button type="button" className={styles['view']} aria-current={current} onClick={onChoose}>
      <span className={styles['tick']}>{current ? <CheckOutlined aria-hidden="true" /> : null}</span>
      <span className={styles['name']}>{name}</span>
    </button>
  )
}
