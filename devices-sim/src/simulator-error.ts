export type SimulatorErrorCode =
  | 'machine/unknown'
  | 'signal/unknown'
  | 'signal/not-forced'
  | 'fault/wrong-model'
  | 'fault/signal-missing'
  | 'fault/signal-unexpected'
  | 'fault/progress-invalid'
  | 'fault/over-invalid'
  | 'fault/not-active'

/** A command that the simulator cannot carry out; `code` is stable, the message is for people. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode

  constructor(code: SimulatorErrorCode, message: string) {
    super(message)
    this.name = 'SimulatorError'
    this.code = code
  }
}
