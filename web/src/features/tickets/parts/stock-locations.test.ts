import { expect, it } from 'vitest'
import { locationsOf } from './stock-locations.ts'

const line = (locationId: string, locationKind: 'centre' | 'van' | 'defective') => ({
  locationId,
  locationName: locationId,
  locationKind,
})
const lines = [line('central', 'centre'), line('other van', 'van'), line('my van', 'van'), line('scrap', 'defective')]
const names = (reach: Parameters<typeof locationsOf>[1]) => locationsOf(lines, reach).map(({ id }) => id)

it('begins with the own van, so that the part at hand is the first choice', () => {
  expect(names({ ownVan: 'my van', isEngineer: false })).toEqual(['my van', 'central', 'other van'])
})

it('hides other people’s vans from an engineer', () => {
  expect(names({ ownVan: 'my van', isEngineer: true })).toEqual(['my van', 'central'])
})

it('never offers what is broken', () => {
  expect(names({ ownVan: undefined, isEngineer: true })).toEqual(['central'])
})

it('names a place once, however much lies there', () => {
  expect(locationsOf([...lines, ...lines], { ownVan: undefined, isEngineer: false })).toHaveLength(3)
})
