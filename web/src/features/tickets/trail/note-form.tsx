import { addTicketNote } from '@fettle/contracts/tickets'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import styles from './trail-panel.module.css'
import { useDraft } from '../use-draft.ts'
import { useTicketWrite } from '../use-ticket-write.ts'

/** Says something on the ticket. What is typed stays on this device until it is sent; Ctrl-Enter sends. */
export function NoteForm({ ticketId }: { readonly ticketId: string }) {
  const { t } = useTranslation('ticket')
  const draft = useDraft<{ text: string }>(`note.${ticketId}`)
  const [typed, setTyped] = useState(draft.kept.text ?? '')
  const add = useTicketWrite(addTicketNote)

  function change(text: string) {
    setTyped(text)
    if (text === '') draft.forget()
    else draft.keep({ text })
  }
  function send() {
    const text = typed.trim()
    if (text === '' || add.isPending) return
    add.mutate({ params: { ticketId }, body: { text } }, { onSuccess: () => change('') })
  }

  return (
    <form
      className={styles['note']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Input.TextArea
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        value={typed}
        maxLength={4_000}
        autoSize={{ minRows: 1, maxRows: 8 }}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
      <Button htmlType="submit" loading={add.isPending} disabled={typed.trim() === ''}>
        {t('note.send')}
      </Button>
      {add.error ? (
        <div className={styles['trouble']}>
          <ErrorNotice error={add.error} kept />
        </div>
      ) : null}
    </form>
  )
}
