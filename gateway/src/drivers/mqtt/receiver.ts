import type { Problem, Reading } from '../../driver.ts'

export interface Incoming {
  topicName: string
  /** What stands at `{deviceKey}` of the topic. */
  deviceKey?: string
  payload: Buffer
  nowMs: number
}

/** A message to be published, with QoS 0 and not retained. */
export interface Outgoing {
  topic: string
  payload: Uint8Array
}

/** What a message gave. */
export interface Received {
  readings: Reading[]
  problems: Problem[]
  /** Subjects of problems that it ended. */
  solved?: string[]
  commands?: Outgoing[]
}

/** Makes readings of the messages of one subscription. */
export interface Receiver {
  /** Takes the next message, in order of arrival. Never throws. */
  receive(message: Incoming): Received
  /** The connection was lost, or there was none yet: messages may be missing. */
  interrupted(): void
  /** The subscription stands: what is to be sent first. */
  greet(nowMs: number): Outgoing[]
}

/** What is wrong with a message. `sample` is the beginning of its payload as a person can read it. */
export const complaint = (subject: string, { topicName }: Incoming, fault: string, sample: string): Problem => ({
  subject,
  message: `${topicName}: ${fault}`,
  sample,
})
