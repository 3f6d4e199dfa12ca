import type { FaultInjection } from './fault-injection.ts'
import type { FaultMode } from './faults.ts'
import type { MachineSnapshot } from './machine.ts'

/** The control interface refused; `code` as in the README. */
export class ControlRefusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ControlRefusal'
    this.code = code
  }
}

/** Asks a simulator that runs in another process. `baseUrl` such as http://127.0.0.1:7070; all throw ControlRefusal. */
export async function listMachines(baseUrl: string): Promise<MachineSnapshot[]> {
  const { items } = await request<{ items: MachineSnapshot[] }>(baseUrl, 'GET', '/machines')
  return items
}

export function injectFault(baseUrl: string, deviceKey: string, injection: FaultInjection): Promise<MachineSnapshot> {
  return request(baseUrl, 'POST', `${machine(deviceKey)}/faults`, injection)
}

/** Repairs a fault. */
export function clearFault(baseUrl: string, deviceKey: string, mode: FaultMode): Promise<MachineSnapshot> {
  return request(baseUrl, 'DELETE', `${machine(deviceKey)}/faults/${mode}`)
}

export function setMachineRunning(baseUrl: string, deviceKey: string, running: boolean): Promise<MachineSnapshot> {
  return request(baseUrl, 'POST', `${machine(deviceKey)}/run`, { running })
}

/** Holds a signal at a value from now on. */
export function stepSignal(baseUrl: string, deviceKey: string, key: string, value: number): Promise<MachineSnapshot> {
  return request(baseUrl, 'POST', `${machine(deviceKey)}/signals/${encodeURIComponent(key)}/step`, { value })
}

export function releaseSignal(baseUrl: string, deviceKey: string, key: string): Promise<MachineSnapshot> {
  return request(baseUrl, 'DELETE', `${machine(deviceKey)}/signals/${encodeURIComponent(key)}/step`)
}

function machine(deviceKey: string): string {
  return `/machines/${encodeURIComponent(deviceKey)}`
}

async function request<T>(baseUrl: string, method: string, path: string, body?: unknown): Promise<T> {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await fetch(new URL(path, baseUrl), { method, ...content })
  const answer = (await response.json()) as T & { error?: { code: string; message: string } }
  if (!response.ok) {
    throw new ControlRefusal(answer.error?.code ?? 'internal', answer.error?.message ?? `status ${response.status}`)
  }
  return answer
}
