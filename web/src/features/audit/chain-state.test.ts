import { expect, it } from 'vitest'
import { chainStateOf } from './chain-state.ts'

it.each([
  ['while it is asked', { data: undefined, isError: false }, 'checking'],
  ['when it holds', { data: { intact: true }, isError: false }, 'intact'],
  ['when it does not', { data: { intact: false }, isError: false }, 'broken'],
  ['when the check was refused', { data: undefined, isError: true }, 'unchecked'],
  ['when it held earlier and cannot be checked now', { data: { intact: true }, isError: true }, 'unchecked'],
  ['when it was broken and cannot be checked now', { data: { intact: false }, isError: true }, 'broken'],
])('%s', (_, check, state) => expect(chainStateOf(check)).toBe(state))
