/** One row of a recording. */
export interface Sample {
  /** UTC epoch ms. */
  readonly tsMs: number
  /** In the order of the recording's signals; null where the row says that there was no value. */
  readonly values: readonly (number | null)[]
}
