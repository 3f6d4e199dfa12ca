import type { Limits } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'

/** What every machine of a model measures; the same shape as a model's signals in the database. */
export interface DemoSignal {
  readonly key: string
  readonly name: Text
  readonly unit: string
  readonly decimals: number
  readonly limits: Limits
  readonly normal: readonly [number, number] | null
  /** Shown in lists, in this order; null is shown in the file only. */
  readonly headline: number | null
}

export interface DemoModel {
  readonly key: string
  readonly family: string
  readonly name: Text
  readonly manufacturer: string
  readonly specification: readonly { readonly label: Text; readonly value: string }[]
  /** 0 stopped, 1 idle (unloaded), 2 running (loaded), 3 tripped. */
  readonly runStateSignal: string
  readonly signals: readonly DemoSignal[]
}

const none: Limits = { hh: null, h: null, l: null, ll: null }
const above = (h: number, hh: number): Limits => ({ ...none, h, hh })
const below = (l: number, ll: number): Limits => ({ ...none, l, ll })

/** Signals that a controller counts or tells without a limit. */
const runState: DemoSignal = {
  key: 'run_state',
  name: { zh: '运行状态', en: 'Run state' },
  unit: '',
  decimals: 0,
  limits: none,
  normal: null,
  headline: null,
}
const runHours: DemoSignal = {
  key: 'run_hours',
  name: { zh: '运行时间', en: 'Running hours' },
  unit: 'h',
  decimals: 0,
  limits: none,
  normal: null,
  headline: null,
}

const screwCompressor: DemoModel = {
  key: 'AC75',
  family: 'AC',
  name: { zh: '75 kW 螺杆空压机', en: '75 kW screw compressor' },
  manufacturer: '沃衡装备',
  specification: [
    { label: { zh: '额定功率', en: 'Rated power' }, value: '75 kW' },
    { label: { zh: '排气量', en: 'Free air delivery' }, value: '13.2 m³/min @ 0.8 MPa' },
    { label: { zh: '额定电流', en: 'Rated current' }, value: '140 A / 380 V' },
    { label: { zh: '冷却方式', en: 'Cooling' }, value: '风冷' },
    { label: { zh: '通讯', en: 'Communication' }, value: 'Modbus TCP' },
  ],
  runStateSignal: 'run_state',
  signals: [
    {
      key: 'discharge_temperature',
      name: { zh: '排气温度', en: 'Discharge temperature' },
      unit: '°C',
      decimals: 1,
      limits: above(100, 105),
      normal: [80, 95],
      headline: 1,
    },
    {
      key: 'discharge_pressure',
      name: { zh: '排气压力', en: 'Discharge pressure' },
      unit: 'MPa',
      decimals: 3,
      limits: { ll: 0.5, l: 0.55, h: 0.85, hh: 0.9 },
      normal: [0.65, 0.8],
      headline: 2,
    },
    {
      key: 'current',
      name: { zh: '电流', en: 'Current' },
      unit: 'A',
      decimals: 1,
      limits: above(150, 160),
      normal: [132, 142],
      headline: 3,
    },
    {
      key: 'airend_vibration',
      name: { zh: '主机振动', en: 'Airend vibration' },
      unit: 'mm/s',
      decimals: 2,
      limits: above(9, 11),
      normal: [4, 7],
      headline: 4,
    },
    {
      key: 'motor_vibration',
      name: { zh: '电机振动', en: 'Motor vibration' },
      unit: 'mm/s',
      decimals: 2,
      limits: above(4.5, 7.1),
      normal: [1.5, 2.8],
      headline: null,
    },
    {
      key: 'separator_dp',
      name: { zh: '油分压差', en: 'Separator differential pressure' },
      unit: 'MPa',
      decimals: 3,
      limits: above(0.08, 0.1),
      normal: [0.02, 0.04],
      headline: null,
    },
    {
      key: 'inlet_vacuum',
      name: { zh: '进气负压', en: 'Inlet vacuum' },
      unit: 'kPa',
      decimals: 2,
      limits: above(5, 6.5),
      normal: [1, 3],
      headline: null,
    },
    {
      key: 'dew_point',
      name: { zh: '露点', en: 'Dew point' },
      unit: '°C',
      decimals: 1,
      limits: above(10, 15),
      normal: [3, 8],
      headline: null,
    },
    {
      key: 'specific_power',
      name: { zh: '比功率', en: 'Specific power' },
      unit: 'kW/(m³/min)',
      decimals: 2,
      limits: above(7.2, 7.8),
      normal: [6.2, 6.6],
      headline: null,
    },
    {
      key: 'ambient_temperature',
      name: { zh: '环境温度', en: 'Ambient temperature' },
      unit: '°C',
      decimals: 1,
      limits: none,
      normal: null,
      headline: null,
    },
    runState,
    runHours,
  ],
}

const pump: DemoModel = {
  key: 'P100',
  family: 'P',
  name: { zh: 'IS100-65-200 离心泵', en: 'IS100-65-200 centrifugal pump' },
  manufacturer: '沃衡装备',
  specification: [
    { label: { zh: '流量', en: 'Flow' }, value: '100 m³/h' },
    { label: { zh: '扬程', en: 'Head' }, value: '50 m' },
    { label: { zh: '电机', en: 'Motor' }, value: '22 kW · 42 A · 2,900 r/min' },
    { label: { zh: '通讯', en: 'Communication' }, value: 'MQTT JSON' },
  ],
  runStateSignal: 'run_state',
  signals: [
    {
      key: 'vibration',
      name: { zh: '振动', en: 'Vibration' },
      unit: 'mm/s',
      decimals: 2,
      limits: above(5.1, 8.5),
      normal: [1.6, 2.8],
      headline: 1,
    },
    {
      key: 'flow',
      name: { zh: '流量', en: 'Flow' },
      unit: 'm³/h',
      decimals: 1,
      limits: below(75, 60),
      normal: [85, 105],
      headline: 2,
    },
    {
      key: 'outlet_pressure',
      name: { zh: '出口压力', en: 'Outlet pressure' },
      unit: 'MPa',
      decimals: 3,
      limits: below(0.42, 0.36),
      normal: [0.46, 0.52],
      headline: 3,
    },
    {
      key: 'current',
      name: { zh: '电流', en: 'Current' },
      unit: 'A',
      decimals: 1,
      limits: { ll: 20, l: 25, h: 40, hh: 42 },
      normal: [31, 36],
      headline: 4,
    },
    {
      key: 'inlet_pressure',
      name: { zh: '进口压力', en: 'Inlet pressure' },
      unit: 'kPa',
      decimals: 1,
      limits: below(-10, -30),
      normal: [10, 40],
      headline: null,
    },
    {
      key: 'kurtosis',
      name: { zh: '振动峭度', en: 'Vibration kurtosis' },
      unit: '',
      decimals: 2,
      limits: above(4.5, 6),
      normal: [2.8, 3.3],
      headline: null,
    },
    {
      key: 'bearing_temperature',
      name: { zh: '轴承温度', en: 'Bearing temperature' },
      unit: '°C',
      decimals: 1,
      limits: above(75, 85),
      normal: [40, 60],
      headline: null,
    },
    {
      key: 'seal_leak',
      name: { zh: '机封泄漏', en: 'Seal leakage' },
      unit: 'mL/h',
      decimals: 1,
      limits: above(20, 60),
      normal: [0, 5],
      headline: null,
    },
    runState,
    runHours,
  ],
}

export const models: readonly DemoModel[] = [screwCompressor, pump]
