/** As a `ref` of what replaces the thing that had the focus: the keyboard goes on there. */
export function takeFocus(arrived: { focus(): void } | null) {
  arrived?.focus()
}
