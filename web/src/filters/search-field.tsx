import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const SETTLE_MS = 250

interface SearchFieldProps {
  readonly label: string
  readonly value: string | undefined
  /**
   * After typing has paused, or when the field is left: later it would take back where a press elsewhere has led to.
   * Undefined when the field was emptied.
   */
  readonly onChange: (q: string | undefined) => void
}

/** Free text of a list, kept in the address: one question per word, and none in the middle of an input method. */
export function SearchField({ label, value = '', onChange }: SearchFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const [composing, setComposing] = useState(false)

  // The address changed by itself (back, a link, “clear filters”): the field follows.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setTyped(value)
  }, [value])

  const tell = useCallback(() => {
    const wanted = typed.trim()
    if (composing || wanted === told.current) return
    told.current = wanted
    onChange(wanted || undefined)
  }, [typed, composing, onChange])
  useEffect(() => {
    const timer = setTimeout(tell, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [tell])

  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined className="muted" aria-hidden="true" />}
      allowClear={{ clearIcon: <CloseCircleFilled aria-label={t('action.clear')} /> }}
      value={typed}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={tell}
    />
  )
}
