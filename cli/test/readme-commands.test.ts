import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from '../src/program.ts'

const readmes = ['README.md', 'gateway/README.md', 'devices-sim/README.md', 'provisioning/grafana/README.md']
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const called = /^(?:npx fettle|docker compose exec fettle node \S+fettle\.mjs) (.*)$/gm

/** What a shell makes of a line: quotes kept together, the comment left out. */
const wordsOf = (line: string) =>
  [...line.replace(/\s+#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain)

const samples = readmes.flatMap((file) => {
  const blocks = [...read(file).matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  const lines = blocks.flatMap((block) => [...block.matchAll(called)].map(([, line = '']) => line))
  return lines.map((line) => ({ file, words: wordsOf(line), line }))
})

it('there are commands in each README', () => {
  expect(new Set(samples.map(({ file }) => file))).toEqual(new Set(readmes))
})

it.each(samples)('$file: fettle $line', ({ words }) => {
  const { command, rest } = findCommand(createProgram(), words)
  const { operands, unknown } = command.parseOptions(rest)
  expect(unknown).toEqual([])
  const wanted = command.registeredArguments
  expect(operands.length).toBeGreaterThanOrEqual(wanted.filter(({ required }) => required).length)
  expect(operands.length).toBeLessThanOrEqual(wanted.length)
  for (const option of command.options.filter(({ mandatory }) => mandatory)) {
    expect(command.opts()).toHaveProperty(option.attributeName())
  }
})

/** The innermost command that the words begin with; it is one that does something. */
function findCommand(command: Command, words: string[]): { command: Command; rest: string[] } {
  const inner = command.commands.find((each) => [each.name(), ...each.aliases()].includes(words[0] ?? ''))
  if (inner) return findCommand(inner, words.slice(1))
  expect(command.commands, `fettle has no ${words[0]}`).toHaveLength(0)
  return { command, rest: words }
}
