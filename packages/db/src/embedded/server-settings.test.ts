import { expect, it } from 'vitest'
import { fingerprintSetting, serverSettings } from './server-settings.ts'

const fingerprint = (...args: Parameters<typeof serverSettings>) => serverSettings(...args)[fingerprintSetting]

it('lets the caller change a setting and keeps the others', () => {
  expect(serverSettings('18.4', { fsync: 'off' })).toMatchObject({ fsync: 'off', jit: 'off', timezone: 'UTC' })
})

it('gives the same settings the same fingerprint, in any order', () => {
  expect(fingerprint('18.4', { work_mem: '1MB', jit: 'on' })).toBe(fingerprint('18.4', { jit: 'on', work_mem: '1MB' }))
})

it('changes the fingerprint with a setting and with the version', () => {
  const all = [
    fingerprint('18.4'),
    fingerprint('18.5'),
    fingerprint('18.4', { fsync: 'off' }),
    fingerprint('18.4', { extra: '1' }),
  ]
  expect(new Set(all).size).toBe(4)
})
