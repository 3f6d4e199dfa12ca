import type { Text } from '@fettle/contracts/scalars'

export interface DemoInstalledPart {
  readonly partCode: string
  readonly serial: string
  /** The supplier's batch; a defective one makes a claim. */
  readonly batch: string
  /** Local day. */
  readonly installedOn: string
}

export interface DemoAsset {
  /** The device key of the uplink, and the serial number on the plate. */
  readonly key: string
  readonly serial: string
  readonly name: string
  readonly modelKey: string
  readonly customerKey: string
  readonly siteKey: string
  readonly installedOn: string
  readonly warrantyUntil: string
  /** What this machine has beyond its model's specification. */
  readonly specification: readonly { readonly label: Text; readonly value: string }[]
  /** Hours since it was taken out of operation for work on it; absent: it is in operation. */
  readonly maintenanceHours?: number
  /** Parts with a number that are in it from the beginning. */
  readonly installedParts: readonly DemoInstalledPart[]
}

/** What the lines of a file are called. */
export const labels = {
  place: { zh: '安装位置', en: 'Place' },
  duty: { zh: '用途', en: 'Duty' },
  setting: { zh: '整定', en: 'Setting' },
  oil: { zh: '润滑油', en: 'Oil' },
  warranty: { zh: '质保', en: 'Warranty' },
  qualification: { zh: '验证', en: 'Qualification' },
  options: { zh: '选配', en: 'Options' },
  material: { zh: '材料', en: 'Material' },
  note: { zh: '备注', en: 'Note' },
} as const satisfies Readonly<Record<string, Text>>

/** A part as it left the factory with the machine: YF22-2403-0586 is of batch 2403. */
export const original = (partCode: string, serial: string, installedOn: string): DemoInstalledPart => ({
  partCode,
  serial,
  batch: serial.split('-')[1] ?? '',
  installedOn,
})
