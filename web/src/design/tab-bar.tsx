import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import styles from './tab-bar.module.css'

interface TabBarProps<Name extends string> {
  /** What the tabs divide, for screen readers. */
  readonly label: string
  readonly tabs: readonly { readonly name: Name; readonly title: string }[]
  readonly active: Name
  readonly onChange: (name: Name) => void
  /** The content of the active tab. */
  readonly children: ReactNode
}

/**
 * Tabs in one row that scrolls sideways where it is narrow; arrow keys, Home and End move between them. (Ant Design's
 * own put a menu button into the tab list when there is no room, which screen readers cannot make sense of.)
 */
export function TabBar<Name extends string>({ label, tabs, active, onChange, children }: TabBarProps<Name>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent) {
    const place = tabs.findIndex(({ name }) => name === active)
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length]
    if (!tab) return
    event.preventDefault()
    onChange(tab.name)
    list.current?.querySelector<HTMLElement>(`[data-name="${tab.name}"]`)?.focus()
  }

  return (
    <>
      <div className={styles['list']} role="tablist" aria-label={label} ref={list}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            data-name={name}
            aria-selected={name === active}
            aria-controls={`${id}-panel`}
            tabIndex={name === active ? 0 : -1}
            className={styles['tab']}
            onClick={() => onChange(name)}
            onKeyDown={onKeyDown}
          >
            {title}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${active}`}>
        {children}
      </div>
    </>
  )
}
