import type { DeadLetter } from '@fettle/contracts/gateways'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { TimeText } from '../../design/time-text.tsx'
import { usePhone } from '../../design/use-media.ts'
import { ReplayButton } from './replay-button.tsx'
import styles from './gateways.module.css'

interface DeadLetterDrawerProps {
  /** Whose detail is open; undefined for none. */
  readonly letter: DeadLetter | undefined
  readonly onClose: () => void
}

/** One dead letter as it came, with why it was not taken. */
export function DeadLetterDrawer({ letter, onClose }: DeadLetterDrawerProps) {
  const { t } = useTranslation('gateways')
  const phone = usePhone()
  return (
    <Drawer
      title={t('letters.detail')}
      open={letter !== undefined}
      onClose={onClose}
      size={phone ? '100%' : 560}
      destroyOnHidden
    >
      {letter ? (
        <div className={styles['letter']}>
          <p>
            <strong>{t(`reason.${letter.code}`)}</strong> <code>{letter.code}</code>
          </p>
          <p>{letter.detail}</p>
          <dl className={styles['facts']}>
            <div>
              <dt>{t('letters.column.at')}</dt>
              <dd>
                <TimeText at={letter.receivedAt} as="short" />
              </dd>
            </div>
            <div>
              <dt>{t('letters.column.source')}</dt>
              <dd>{letter.source}</dd>
            </div>
            <div>
              <dt>{t('letters.topic')}</dt>
              <dd>{letter.topic}</dd>
            </div>
          </dl>
          <h3>{t('letters.payload')}</h3>
          <pre>{letter.payload}</pre>
          <p className="muted">{t('letters.replayHint')}</p>
          <ReplayButton letter={letter} />
        </div>
      ) : null}
    </Drawer>
  )
}
