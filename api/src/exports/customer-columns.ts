import type { Customer, ServiceContract } from '@fettle/contracts/customers'
import { chinaCalendar, localDay } from '@fettle/domain/sla/work-calendar'
import { columnsOf } from './columns.ts'
import { coverageWords, tierWords } from './words.ts'

const { text, words, number } = columnsOf<Customer>()

/** Contacts are as the list has them: their numbers are masked for roles that do not call. */
export function customerColumns(now: Date) {
  const today = localDay(chinaCalendar, now)
  const current = ({ contracts }: Customer): ServiceContract | null =>
    contracts.find(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn) ?? null
  return [
    text('客户编码', 'Customer key', ({ key }) => key),
    text('客户', 'Customer', ({ name }) => name),
    text('城市', 'City', ({ city }) => city),
    words('服务等级', 'Service tier', ({ tier }) => tierWords[tier]),
    words('在期合同', 'Contract in force', (customer) => {
      const contract = current(customer)
      return contract && coverageWords[contract.coverage]
    }),
    text('合同到期', 'Contract ends', (customer) => current(customer)?.endsOn ?? null),
    text('结算方式', 'Payment terms', ({ terms }) => terms),
    text('现场', 'Sites', ({ sites }) => lines(sites.map(({ name, address }) => `${name} ${address}`))),
    text('联系人', 'Contacts', ({ sites }) =>
      lines(sites.map(({ access }) => `${access.contactName} ${access.contactPhone}`)),
    ),
    number('设备（台）', 'Assets', ({ assetCount }) => assetCount),
    number('未完工单（张）', 'Open tickets', ({ openTickets }) => openTickets),
  ]
}

/** One below the other within the field. */
const lines = (texts: readonly string[]) => texts.join('\n')
