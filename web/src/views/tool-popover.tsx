import { Button, Popover } from 'antd'
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import styles from './list-tools.module.css'

interface ToolPopoverProps {
  readonly icon: ReactNode
  readonly word: string
  /** What the panel is, for screen readers. */
  readonly label: string
  /** Something other than the default is in force. */
  readonly active: boolean
  readonly children: (close: () => void) => ReactNode
}

/** A small panel below its button, reached and left by keyboard: it follows its button in the order of Tab. */
export function ToolPopover({ icon, word, label, active, children }: ToolPopoverProps) {
  const [open, setOpen] = useState(false)
  const wasOpen = useRef(false)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLElement>(null)

  useEffect(() => {
    const lost = document.activeElement === document.body || panel.current?.contains(document.activeElement)
    if (wasOpen.current && !open && lost) button.current?.focus()
    wasOpen.current = open
  }, [open])
  // What had the focus is gone, a row that was deleted: the keyboard stays in the panel.
  useEffect(() => {
    if (open && document.activeElement === document.body) panel.current?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    setOpen(false)
  }
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setOpen(false)
  }
  return (
    <span role="presentation" className={styles['tool']} onKeyDown={onKeyDown} onBlur={onBlur}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        afterOpenChange={(shown) => {
          if (shown) panel.current?.querySelector<HTMLElement>('button, input:not(:disabled)')?.focus()
        }}
        trigger="click"
        placement="bottomRight"
        arrow={false}
        destroyOnHidden
        getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
        content={
          <section ref={panel} tabIndex={-1} aria-label={label} className={styles['panel']}>
            {children(() => setOpen(false))}
          </section>
        }
      >
        <Button ref={button} type="text" icon={icon} aria-expanded={open} data-active={active || undefined}>
          {word}
        </Button>
      </Popover>
    </span>
  )
}
