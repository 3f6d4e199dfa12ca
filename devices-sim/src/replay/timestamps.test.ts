import { expect, it } from 'vitest'
import { compileTimestamps } from './timestamps.ts'

const read = (zone: string, text: string) => {
  const ms = compileTimestamps(zone)?.(text)
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

it.each<[text: string, zone: string, utc: string | undefined]>([
  ['2013-12-02 21:15:00', 'UTC', '2013-12-02T21:15:00.000Z'],
  ['2013-12-02T21:15:00Z', 'Asia/Shanghai', '2013-12-02T21:15:00.000Z'],
  ['2013-12-02T21:15:00.25+08:00', 'UTC', '2013-12-02T13:15:00.250Z'],
  ['2013-12-02 21:15:00,5 -0330', 'UTC', '2013-12-03T00:45:00.500Z'],
  ['2013/12/2 9:05', 'UTC', '2013-12-02T09:05:00.000Z'],
  ['2014-01-27', '+08:00', '2014-01-26T16:00:00.000Z'],
  ['2013-12-02 21:15:00', 'Asia/Shanghai', '2013-12-02T13:15:00.000Z'],
  ['1386018900', 'Asia/Shanghai', '2013-12-02T21:15:00.000Z'],
  ['1386018900.5', 'UTC', '2013-12-02T21:15:00.500Z'],
  ['1386018900000', 'UTC', '2013-12-02T21:15:00.000Z'],
  ['1386018900000000', 'UTC', '2013-12-02T21:15:00.000Z'],
  ['2013-02-30 00:00:00', 'UTC', undefined],
  ['2013-12-02 24:00:00', 'UTC', undefined],
  ['yesterday', 'UTC', undefined],
  ['', 'UTC', undefined],
])('%s in %s', (text, zone, utc) => expect(read(zone, text)).toBe(utc))

it.each<[what: string, text: string, utc: string]>([
  ['before the clocks go back', '2014-10-26 01:59:59', '2014-10-25T23:59:59.000Z'],
  ['an hour that is shown twice is its first', '2014-10-26 02:30:00', '2014-10-26T00:30:00.000Z'],
  ['after it', '2014-10-26 03:00:00', '2014-10-26T02:00:00.000Z'],
  ['an hour that is left out counts on', '2014-03-30 02:30:00', '2014-03-30T01:30:00.000Z'],
])('%s', (_, text, utc) => expect(read('Europe/Berlin', text)).toBe(utc))

it('says that there is no such zone', () => expect(compileTimestamps('Middle-Earth/Shire')).toBeUndefined())
