import type { Alarm } from '@fettle/contracts/alarms'
import { levelNames } from '@fettle/domain/alarms/texts'
import { columnsOf } from './columns.ts'
import { yesNo } from './words.ts'

const { text, words, decimal, time } = columnsOf<Alarm>()
const minuteMs = 60_000

export const alarmColumns = [
  text('设备编码', 'Asset key', ({ assetKey }) => assetKey),
  text('设备', 'Asset', ({ assetName }) => assetName),
  text('客户', 'Customer', ({ customerName }) => customerName),
  text('测点编码', 'Signal key', ({ signalKey }) => signalKey),
  words('测点', 'Signal', ({ signalName }) => signalName),
  words('级别', 'Level', ({ level }) => levelNames[level]),
  words('最高级别', 'Worst level', ({ peakLevel }) => levelNames[peakLevel]),
  decimal('数值', 'Value', ({ value, decimals }) => value.toFixed(decimals)),
  decimal('限值', 'Limit', ({ limit, decimals }) => limit.toFixed(decimals)),
  decimal('峰值', 'Peak', ({ peakValue, decimals }) => peakValue.toFixed(decimals)),
  decimal('峰值限值', 'Limit of the peak', ({ peakLimit, decimals }) => peakLimit.toFixed(decimals)),
  // Signals differ from row to row, so the unit of the four values stands beside them.
  text('单位', 'Unit', ({ unit }) => unit),
  text('故障编码', 'Failure mode', ({ failureModeKey }) => failureModeKey),
  words('故障', 'Failure', ({ failureModeName }) => failureModeName),
  time('开始', 'Raised', ({ raisedAt }) => raisedAt),
  time('恢复', 'Cleared', ({ clearedAt }) => clearedAt),
  decimal('持续（分钟）', 'Lasted (min)', ({ raisedAt, clearedAt }) =>
    clearedAt === null ? null : ((Date.parse(clearedAt) - Date.parse(raisedAt)) / minuteMs).toFixed(1),
  ),
  time('确认时间', 'Acknowledged', ({ acknowledgedAt }) => acknowledgedAt),
  text('确认人', 'Acknowledged by', ({ acknowledgedBy }) => acknowledgedBy),
  words('补传发现', 'Found in backfill', ({ late }) => yesNo(late)),
  text('工单号', 'Ticket', ({ ticketNumber }) => ticketNumber),
]
