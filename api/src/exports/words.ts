import type { AssetState, assetModes, HealthLevel } from '@fettle/contracts/assets'
import type { Coverage, Tier } from '@fettle/contracts/customers'
import type { movementKinds } from '@fettle/contracts/parts'
import type { Text } from '@fettle/contracts/scalars'
import type { Priority, TicketSource, TicketType, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { SlaClock } from '@fettle/contracts/tickets'

/** What a file says instead of a key; the screens have the same words. */
type Words<Key extends string> = Readonly<Record<Key, Text>>

export const yesNo = (is: boolean): Text => (is ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' })

export const priorityWords: Words<Priority> = {
  urgent: { zh: '紧急', en: 'Urgent' },
  high: { zh: '高', en: 'High' },
  normal: { zh: '普通', en: 'Normal' },
  low: { zh: '低', en: 'Low' },
}

export const ticketTypeWords: Words<TicketType> = {
  repair: { zh: '维修', en: 'Repair' },
  predictive: { zh: '预警', en: 'Predictive' },
  maintenance: { zh: '保养', en: 'Maintenance' },
  inspection: { zh: '巡检', en: 'Inspection' },
  installation: { zh: '安装调试', en: 'Installation' },
  retrofit: { zh: '改造', en: 'Retrofit' },
  complaint: { zh: '投诉', en: 'Complaint' },
}

export const ticketSourceWords: Words<TicketSource> = {
  alarm: { zh: '设备自报', en: 'Machine' },
  phone: { zh: '电话', en: 'Phone' },
  portal: { zh: '客户门户', en: 'Customer portal' },
  qr: { zh: '扫码', en: 'QR code' },
  email: { zh: '邮件', en: 'Email' },
  preventive: { zh: '保养计划', en: 'Maintenance plan' },
  rework: { zh: '返修', en: 'Rework' },
}

export const promiseWords: Words<SlaClock['kind']> = {
  answer: { zh: '响应', en: 'Answer' },
  arrive: { zh: '到场', en: 'Arrive' },
  restore: { zh: '修复', en: 'Restore' },
}

export const waitingWords: Words<WaitingFor> = {
  'customer-stop': { zh: '等待客户停机', en: 'Awaiting machine stop' },
  'customer-quote': { zh: '等待客户确认报价', en: 'Awaiting quote approval' },
  'customer-payment': { zh: '等待客户付款', en: 'Awaiting payment' },
  'our-part': { zh: '等待我方备件', en: 'Awaiting our part' },
  'our-help': { zh: '等待我方支援', en: 'Awaiting a colleague' },
}

export const assetModeWords: Words<(typeof assetModes)[number]> = {
  normal: { zh: '正常', en: 'Normal' },
  maintenance: { zh: '保养', en: 'Maintenance' },
}

export const assetStateWords: Words<AssetState> = {
  running: { zh: '运行', en: 'Running' },
  idle: { zh: '待机', en: 'Idle' },
  stopped: { zh: '停机', en: 'Stopped' },
  tripped: { zh: '跳机', en: 'Tripped' },
  offline: { zh: '离线', en: 'Offline' },
  maintenance: { zh: '保养中', en: 'Maintenance' },
  unknown: { zh: '未知', en: 'Unknown' },
}

export const healthWords: Words<HealthLevel> = {
  critical: { zh: '严重', en: 'Critical' },
  warning: { zh: '需关注', en: 'Needs attention' },
  ok: { zh: '健康', en: 'Healthy' },
  unknown: { zh: '未知', en: 'Unknown' },
}

export const movementWords: Words<(typeof movementKinds)[number]> = {
  receipt: { zh: '入库', en: 'Receipt' },
  transfer: { zh: '调拨', en: 'Transfer' },
  consume: { zh: '领用', en: 'Use' },
  return: { zh: '退回', en: 'Return' },
  adjust: { zh: '盘点调整', en: 'Adjustment' },
}

export const tierWords: Words<Tier> = {
  platinum: { zh: '铂金', en: 'Platinum' },
  gold: { zh: '金牌', en: 'Gold' },
  silver: { zh: '银牌', en: 'Silver' },
  none: { zh: '无等级', en: 'No tier' },
}

export const coverageWords: Words<Coverage> = {
  full: { zh: '全包合同', en: 'Full-service contract' },
  labour: { zh: '人工免费', en: 'Labour covered' },
  warranty: { zh: '质保期内', en: 'Under warranty' },
  maintenance: { zh: '保养合同', en: 'Maintenance contract' },
  none: { zh: '无合同', en: 'Not covered' },
}
