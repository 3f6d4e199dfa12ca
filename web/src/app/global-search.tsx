import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './global-search.module.css'
import { SearchPanel } from './search-panel.tsx'

/** Opens with `/` or Ctrl-K (⌘K) from anywhere; finds machines, tickets, customers and pages. */
export function GlobalSearch() {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const combined = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
      if (!combined && !slash) return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  return (
    <>
      <button
        type="button"
        className={styles['opener']}
        aria-haspopup="dialog"
        aria-keyshortcuts="/ Control+K"
        aria-label={t('search.open')}
        onClick={() => setOpen(true)}
      >
        <SearchOutlined aria-hidden="true" />
        <span>{t('search.open')}</span>
        <kbd>/</kbd>
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        closable={false}
        width={640}
        style={{ top: 72 }}
        destroyOnHidden
        styles={{ container: { padding: 0, overflow: 'hidden' } }}
        aria-label={t('search.open')}
      >
        <SearchPanel onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}

/** A key pressed in a field is a letter, not a command. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
