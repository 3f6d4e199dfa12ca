import { failureModes } from '@fettle/provisioning/demo/failure-modes'
import { expect, it } from 'vitest'
import { faultKey, faultNames } from './sim-faults.ts'

it('names every failure of the catalogue as the catalogue does', () => {
  const told = Object.entries(faultNames).flatMap(([family, names]) =>
    names.map((name, place) => [faultKey(family, place), name]),
  )
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(failureModes.map(({ key, name }) => [key, name.en])))
})
