import { maxViewNameLength } from '@fettle/contracts/views'
import { Button, Input } from 'antd'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../design/error-notice.tsx'
import { errorCode } from '../design/error-words.ts'
import styles from './list-tools.module.css'
import { takeFocus } from './take-focus.ts'
import type { Views } from './use-views.ts'

/** Keeps what is shown under a name; a name that is in use asks whether it is to be replaced. */
export function SaveViewForm({ views, onDone }: { readonly views: Views; readonly onDone: () => void }) {
  const { t } = useTranslation('lists')
  const [typed, setTyped] = useState('')
  const id = useId()
  const name = typed.trim()
  const { save } = views
  const taken = errorCode(save.error) === 'view/name-taken'

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (name === '' || save.isPending) return
    // What failed is shown below; the name stays.
    await views.saveAs(name, taken).then(onDone, () => {})
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['line']}>
        <Input
          id={id}
          size="small"
          ref={takeFocus}
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          maxLength={maxViewNameLength}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            save.reset()
          }}
        />
        <Button size="small" type="primary" htmlType="submit" disabled={name === ''} loading={save.isPending}>
          {t(taken ? 'views.replace' : 'views.confirm')}
        </Button>
      </div>
      {taken ? (
        <p className={styles['hint']} role="alert">
          {t('views.taken', { name })}
        </p>
      ) : save.error ? (
        <ErrorNotice error={save.error} kept />
      ) : null}
    </form>
  )
}
