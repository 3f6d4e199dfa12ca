import { Button, Popover } from 'antd'
import { useRef, useState, type KeyboardEvent, type FocusEvent, type ReactNode } from 'react'
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
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setOpen(false)
  }
  return (
    <span className={styles['tool']} onKeyDown={onKeyDown} onBlur={onBlur}>
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
          <div ref={panel} role="group" aria-label={label} className={styles['panel']}>
            {children(close)}
          </div>
        }
      >
        <Button ref={button} type="text" icon={icon} aria-expanded={open} data-active={active || undefined}>
          {word}
        </Button>
      </Popover>
    </span>
  )
}
