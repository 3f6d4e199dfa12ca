import { Select } from 'antd'

interface FilterSelectProps<T extends string> {
  readonly label: string
  readonly value: T | undefined
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T | undefined) => void
}

/** One filter of a list; empty means that it does not filter. */
export function FilterSelect<T extends string>({ label, value, options, onChange }: FilterSelectProps<T>) {
  return (
    <Select<T>
      aria-label={label}
      placeholder={label}
      allowClear
      {...(value === undefined ? {} : { value })}
      key={value === undefined ? 'empty' : 'chosen'}
      options={options.map((option) => ({ ...option }))}
      popupMatchSelectWidth={false}
      onChange={(chosen?: T) => onChange(chosen)}
    />
  )
}
