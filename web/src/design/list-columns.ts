import type { TableColumnType } from 'antd'

/** A column of a list: what a person may show or hide. */
export type ListColumn<Item> = TableColumnType<Item> & {
  /** Stable: what is remembered of it. */
  readonly key: string
  /** In words, where the head is more than its words. */
  readonly name?: string
}
