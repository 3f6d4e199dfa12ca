import type { AllowedStep, Ticket } from '@fettle/contracts/tickets'

/** What every form of a step is given. */
export interface StepFormProps {
  readonly ticket: Ticket
  readonly step: AllowedStep
  /** Taken or given up. */
  readonly onDone: () => void
}
