import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { isForPeople } from './user-error.ts'

/** Exit codes: 0 done, 1 a fault of ours, 2 something that the caller can put right. */
const program = createProgram()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2 // commander has said it already
  if (process.argv.includes('--debug') || !isForPeople(error)) console.error(error)
  else console.error(error.message)
  return isForPeople(error) ? 2 : 1
}
