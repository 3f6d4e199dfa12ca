export const replayProtocols = ['modbus', 'opcua', 'mqtt'] as const
export type ReplayProtocol = (typeof replayProtocols)[number]

/** What the person at the terminal asked for. */
export interface ReplayRequest {
  file: string
  over: ReplayProtocol
  stepped?: boolean
  speed: number
  timeColumn?: string
  valueColumn?: string[]
  signal?: string[]
  device?: string
  zone: string
  from?: string
  to?: string
  host: string
  port?: number
  mqttUrl: string
  topic?: string
  username?: string
  password?: string
  passwordFile?: string
  json?: boolean
}
