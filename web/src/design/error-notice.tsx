import { CheckOutlined, CloseCircleOutlined, CopyOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-text.ts'
import { errorCode, errorFields, errorKind, errorReasons, errorReference, type ErrorKind } from './error-words.ts'
import styles from './notice.module.css'

interface ErrorNoticeProps {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Something was being entered, and it is still there: say so. */
  readonly kept?: boolean
  /** Instead of a whole page rather than within one. */
  readonly page?: boolean
}

/** What happened, what was kept, what to do, and a code to quote. */
export function ErrorNotice({ error, onRetry, kept = false, page = false }: ErrorNoticeProps) {
  const { t } = useTranslation()
  const kind = errorKind(error)
  const Title = page ? 'h1' : 'p'
  const text = useText()
  const reasons = errorReasons(error)
  const code = errorCode(error)
  const reference = errorReference(error)
  return (
    <div className={styles['error']} data-page={page || undefined} role="alert">
      <CloseCircleOutlined className={styles['icon']} aria-hidden="true" />
      <div className={styles['words']}>
        <Title className={styles['title']}>{t(`error.title.${kind}`)}</Title>
        {reasons.map((reason) => (
          <p key={reason.zh}>{text(reason)}</p>
        ))}
        {kind === 'refused' && reasons.length === 0 && code ? <p>{t(`error.code.${code}`)}</p> : null}
        {errorFields(error).map(({ path, message }) => (
          <p key={path}>
            <code>{path}</code> {message}
          </p>
        ))}
        <p className={styles['hint']}>
          {kept ? t('error.kept') : null} {t(`error.hint.${kind}`)}
        </p>
        {reference ? <Reference code={reference} /> : null}
        {onRetry && !isFinal(kind) ? (
          <div className={styles['next']}>
            <Button size="small" icon={<ReloadOutlined aria-hidden="true" />} onClick={onRetry}>
              {t('action.retry')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** Asking again would bring the same answer. */
const isFinal = (kind: ErrorKind) => kind === 'forbidden' || kind === 'notFound'

/** The code to quote, with a button that copies it. */
function Reference({ code }: { readonly code: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const label = t(copied ? 'action.copied' : 'error.copyCode')
  return (
    <p className={styles['reference']}>
      {t('error.quote', { code })}
      <Button
        type="text"
        size="small"
        icon={copied ? <CheckOutlined aria-hidden="true" /> : <CopyOutlined aria-hidden="true" />}
        aria-label={label}
        title={label}
        // Refused on insecure origins: the code is on screen and can be selected.
        onClick={() =>
          void navigator.clipboard?.writeText(code).then(
            () => setCopied(true),
            () => {},
          )
        }
      />
    </p>
  )
}
