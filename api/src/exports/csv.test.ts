import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteOrderMark, type Cell, csvRecord, harmless } from './csv.ts'

/** RFC 4180, read by its grammar and by nothing of ours. */
function parsed(file: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < file.length) {
    let value = ''
    if (file[at] === '"') {
      at += 1
      while (file[at] !== '"' || file[at + 1] === '"') {
        if (at >= file.length) throw new Error('a quote is never closed')
        value += file[at]
        at += file[at] === '"' ? 2 : 1
      }
      at += 1
    } else {
      while (at < file.length && file[at] !== ',' && file[at] !== '\r') {
        if (file[at] === '"' || file[at] === '\n') throw new Error('a bare quote or line feed')
        value += file[at]
        at += 1
      }
    }
    record.push(value)
    if (file[at] === ',') at += 1
    else if (file[at] === '\r' && file[at + 1] === '\n') {
      records.push(record)
      record = []
      at += 2
    } else throw new Error(`nothing may stand here: ${JSON.stringify(file.slice(at, at + 5))}`)
  }
  return records
}

const awkward = fc.string({
  unit: fc.constantFrom('"', ',', '\r', '\n', '\t', ' ', '=', '+', '-', '@', "'", '油', 'a', '1'),
})
const cell: fc.Arbitrary<Cell> = fc.oneof(
  awkward,
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant({ digits: '-1310.87' }),
  fc.constant(null),
)
const shown = (value: Cell): string => {
  if (value === null) return ''
  if (typeof value === 'string') return harmless(value)
  return typeof value === 'number' ? String(value) : value.digits
}

describe('a record of CSV', () => {
  it('is read back field by field as it was written', () => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 12 })
    fc.assert(
      fc.property(table, (rows) => {
        expect(parsed(rows.map(csvRecord).join(''))).toEqual(rows.map((row) => row.map(shown)))
      }),
    )
  })

  it('never lets a text begin as a formula does', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const [[field = '', after = ''] = []] = parsed(csvRecord([text, 'end']))
        expect(field).not.toMatch(/^[=+\-@\t\r]/)
        expect(field.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(text.replace(/^'(?=[=+\-@\t\r])/, ''))
        expect(after).toBe('end')
      }),
    )
  })

  it.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+86 138', "'+86 138"],
    ['-备用', "'-备用"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tcmd', `'\tcmd`],
    ['a=b', 'a=b'],
    [-3.5, '-3.5'],
    [{ digits: '-20.00' }, '-20.00'],
    [Number.NaN, ''],
    [null, ''],
    [' 空格 ', '" 空格 "'],
    ['两\n行', '"两\n行"'],
  ] as const)('writes %j as %s', (value, written) => expect(csvRecord([value])).toBe(`${written}\r\n`))

  it('begins a file with the mark that tells Excel what it reads', () =>
    expect(Buffer.from(byteOrderMark)).toEqual(Buffer.from([0xef, 0xbb, 0xbf])))
})
