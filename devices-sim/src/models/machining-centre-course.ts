import { clamp } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import { toolChangeS, type MachiningCentreBuild } from './machining-centre-laws.ts'
import { programs, warmUp, type Operation } from './machining-centre-programs.ts'

/** Where a machine is in its program; `operation` is the one that comes next or is being done. */
export interface Place {
  doing: 'loading' | 'changing' | 'turning'
  program: 'warm-up' | 'part'
  operation: number
  leftMs: number
}

/** What a place asks of spindle and Z axis. */
export interface Demand {
  rpm: number
  /** Load of the cut alone; 0 while the tool approaches and leaves. */
  cutPct: number
  /** What the movement adds to the Z axis' load at rest. */
  zPct: number
  /** Axes are moving, so their friction shows. */
  moving: boolean
}

const approachMs = 3_000
const leavingMs = 1_500
/** A machine that does nothing, or waits for its next part. */
export const rest: Demand = { rpm: 0, cutPct: 0, zPct: 0, moving: false }

/** A machine that has been at it for hours: somewhere in a part. */
export function somewhere(build: MachiningCentreBuild, random: Random): Place {
  const operation = Math.floor(random.next() * programs[build.program].operations.length)
  const whole = turning(build, 'part', operation)
  return { ...whole, leftMs: whole.leftMs * (0.1 + 0.8 * random.next()) }
}

export function beginWarmUp(build: MachiningCentreBuild): Place {
  return turning(build, 'warm-up', 0)
}

/** The operator is not always at the door: one part in twenty waits for minutes. */
export function beginLoading({ loadingS }: MachiningCentreBuild, random: Random): Place {
  const absentS = random.next() < 0.05 ? 60 + 180 * random.next() : 0
  const seconds = loadingS * (0.88 + 0.24 * random.next()) + absentS
  return { doing: 'loading', program: 'part', operation: 0, leftMs: seconds * 1000 }
}

/** What comes after this place is done; a finished part is followed by loading the next one. */
export function following(build: MachiningCentreBuild, place: Place, random: Random): Place {
  const { doing, program, operation } = place
  if (doing === 'loading') return changing(operation)
  if (doing === 'changing') return turning(build, program, operation)
  if (isLastOperation(build, place)) return beginLoading(build, random)
  return program === 'part' ? changing(operation + 1) : turning(build, program, operation + 1)
}

export function isLastOperation(build: MachiningCentreBuild, { program, operation }: Place): boolean {
  return operation === operationsOf(build, program).length - 1
}

export function demandAt(build: MachiningCentreBuild, { doing, program, operation, leftMs }: Place): Demand {
  if (doing === 'loading') return rest
  if (doing === 'changing') return { rpm: 0, cutPct: 0, zPct: 13, moving: true }
  const { rpm, seconds, cutPct, zPct } = operationAt(build, program, operation)
  const cutting = leftMs > leavingMs && leftMs < seconds * 1000 - approachMs
  return { rpm, cutPct: cutting ? cutPct : 0, zPct: cutting ? 2 + zPct : 2, moving: true }
}

function changing(operation: number): Place {
  return { doing: 'changing', program: 'part', operation, leftMs: toolChangeS * 1000 }
}

function turning(build: MachiningCentreBuild, program: Place['program'], operation: number): Place {
  const { seconds } = operationAt(build, program, operation)
  return { doing: 'turning', program, operation, leftMs: seconds * 1000 }
}

function operationsOf(build: MachiningCentreBuild, program: Place['program']): readonly [Operation, ...Operation[]] {
  return program === 'part' ? programs[build.program].operations : warmUp.operations
}

function operationAt(build: MachiningCentreBuild, program: Place['program'], operation: number): Operation {
  const operations = operationsOf(build, program)
  return operations[clamp(operation, 0, operations.length - 1)] ?? operations[0]
}
