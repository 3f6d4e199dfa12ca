import type { Model } from './fleet/spec.ts'
import { chillerFaults } from './models/chiller-faults.ts'
import { injectionMouldingFaults } from './models/injection-moulding-faults.ts'
import { machiningCentreFaults } from './models/machining-centre-faults.ts'
import { pumpFaults } from './models/pump-faults.ts'
import { screwCompressorFaults } from './models/screw-compressor-faults.ts'

/** What can break on one model; each model has its own list. */
interface ModelFault {
  name: string
  /** Running time from the first sign to the full extent, shortest and longest; absent where it is there at once. */
  developsMs?: readonly [shortest: number, longest: number]
}

export interface FaultKind extends ModelFault {
  models: readonly Model[]
}

/** Faults that are no matter of physics: of a sensor, and of the wire. */
const everyMachinesFaults = {
  'stuck-sensor': { name: '传感器卡死 one signal freezes' },
  'lost-communication': { name: '通讯中断 machine cannot be reached' },
} as const satisfies Record<string, ModelFault>

const models = ['AC75', 'IM280', 'VMC850', 'CH1000', 'P100'] as const satisfies readonly Model[]

/** What can be injected. What it does to signals is in the physics of the model, which asks for its severity. */
export const faultKinds = {
  ...on(['AC75'], screwCompressorFaults),
  ...on(['IM280'], injectionMouldingFaults),
  ...on(['VMC850'], machiningCentreFaults),
  ...on(['CH1000'], chillerFaults),
  ...on(['P100'], pumpFaults),
  ...on(models, everyMachinesFaults),
}

export type FaultMode = keyof typeof faultKinds

export const faultModes = Object.keys(faultKinds) as readonly FaultMode[]

export function isFaultMode(name: string): name is FaultMode {
  return Object.hasOwn(faultKinds, name)
}

export function faultModesOf(model: Model): FaultMode[] {
  return faultModes.filter((mode) => faultKinds[mode].models.includes(model))
}

function on<Mode extends string>(models: readonly Model[], faults: Readonly<Record<Mode, ModelFault>>) {
  const kinds = Object.entries<ModelFault>(faults).map(([mode, fault]) => [mode, { ...fault, models }])
  return Object.fromEntries(kinds) as Record<Mode, FaultKind>
}
