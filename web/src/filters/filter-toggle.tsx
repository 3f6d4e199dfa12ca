import { Button } from 'antd'

interface FilterToggleProps {
  readonly label: string
  readonly pressed: boolean
  readonly onChange: (pressed: boolean) => void
}

/** A filter that is on or off. */
export function FilterToggle({ label, pressed, onChange }: FilterToggleProps) {
  return (
    <Button type={pressed ? 'primary' : 'default'} aria-pressed={pressed} onClick={() => onChange(!pressed)}>
      {label}
    </Button>
  )
}
