import type { TicketSummary } from '@fettle/contracts/tickets'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { columnsOf } from './columns.ts'
import { priorityWords, promiseWords, ticketSourceWords, ticketTypeWords, waitingWords, yesNo } from './words.ts'

const { text, words, time } = columnsOf<TicketSummary>()

export const ticketColumns = [
  text('工单号', 'Number', ({ number }) => number),
  words('标题', 'Title', ({ title }) => title),
  words('类型', 'Type', ({ type }) => ticketTypeWords[type]),
  words('来源', 'Source', ({ source }) => ticketSourceWords[source]),
  words('状态', 'State', ({ state }) => stateName(standardWorkflow, state)),
  words('优先级', 'Priority', ({ priority }) => priorityWords[priority]),
  text('设备编码', 'Asset key', ({ assetKey }) => assetKey),
  text('设备', 'Asset', ({ assetName }) => assetName),
  text('客户', 'Customer', ({ customerName }) => customerName),
  text('现场', 'Site', ({ siteName }) => siteName),
  text('区划代码', 'Region code', ({ regionCode }) => regionCode),
  text('故障编码', 'Failure mode', ({ failureModeKey }) => failureModeKey),
  words('故障', 'Failure', ({ failureModeName }) => failureModeName),
  words('等待', 'Waiting for', ({ waitingFor }) => waitingFor && waitingWords[waitingFor]),
  time('时限暂停于', 'Promises paused', ({ pausedAt }) => pausedAt),
  text('工程师', 'Engineer', ({ engineerName }) => engineerName),
  words('下一时限', 'Next promise', ({ nextDue }) => nextDue && promiseWords[nextDue.kind]),
  time('时限', 'Due', ({ nextDue }) => nextDue && nextDue.dueAt),
  words('已超时', 'Overdue', ({ nextDue }) => nextDue && yesNo(nextDue.state === 'missed')),
  words('补传发现', 'Found in backfill', ({ late }) => yesNo(late)),
  time('发生时间', 'Occurred', ({ occurredAt }) => occurredAt),
  time('建单时间', 'Opened', ({ createdAt }) => createdAt),
  time('关闭时间', 'Closed', ({ closedAt }) => closedAt),
]
