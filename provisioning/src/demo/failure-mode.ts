import type { FailureMode } from '@fettle/contracts/failure-modes'
import type { CertificateKey } from './engineers.ts'

/** An entry of the catalogue. Priors are shares of a model's failures; those of a model add up to 1. */
export interface DemoFailureMode extends Omit<FailureMode, 'id'> {
  /** Certificates without which nobody may do the repair. */
  readonly certificates: readonly CertificateKey[]
  /** Skill level in the model's family that it needs. */
  readonly skillLevel: number
}
