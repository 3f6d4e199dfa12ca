import { replayDeadLetter, type DeadLetter } from '@fettle/contracts/gateways'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { useWrite } from '../../api/write.ts'
import { errorKind } from '../../design/error-words.ts'
import { TimeText } from '../../design/time-text.tsx'
import styles from './gateways.module.css'

/** Tries a dead letter again; afterwards, when it was. The replay runs behind the answer, so the list asks again. */
export function ReplayButton({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useTranslation(['gateways', 'common'])
  const may = useMay()
  const write = useWrite(replayDeadLetter, { touches: ['listDeadLetters'] })
  if (letter.replayedAt !== null)
    return (
      <span className="muted">
        {t('gateways:letters.replayed')} <TimeText at={letter.replayedAt} />
      </span>
    )
  if (!may('replayDeadLetter')) return <span className="muted">–</span>
  if (write.isSuccess) return <span className="muted">{t('gateways:letters.waiting')}</span>
  return (
    <span className={styles['two']}>
      <Button
        size="small"
        loading={write.isPending}
        onClick={(event) => {
          event.stopPropagation()
          write.mutate({ params: { deadLetterId: letter.id } })
        }}
      >
        {t('gateways:letters.replay')}
      </Button>
      {write.error ? <small role="alert">{t(`common:error.title.${errorKind(write.error)}`)}</small> : null}
    </span>
  )
}
