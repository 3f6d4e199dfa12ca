import type { Part, StockMovement } from '@fettle/contracts/parts'
import { unitWord } from '@fettle/domain/parts/units'
import type { Actor } from '../policy/actor.ts'
import { seesMoney } from '../policy/permissions.ts'
import { columnsOf } from './columns.ts'
import { movementWords, yesNo } from './words.ts'

const part = columnsOf<Part>()
const movement = columnsOf<StockMovement>()

/** What a part costs us is a column for those who see money. */
export function partColumns({ role }: Pick<Actor, 'role'>) {
  return [
    part.text('备件编码', 'Part code', ({ code }) => code),
    part.words('备件', 'Part', ({ name }) => name),
    part.text('机型', 'Family', ({ modelFamily }) => modelFamily),
    part.decimal('库存', 'On hand', ({ onHand }) => onHand),
    part.words('单位', 'Unit', ({ unit, onHand }) => unitWord(unit, onHand)),
    part.money('售价，含税', 'Price with tax', ({ priceCents }) => priceCents),
    ...(seesMoney(role) ? [part.money('成本，不含税', 'Cost without tax', ({ costCents }) => costCents)] : []),
    part.number('采购周期（天）', 'Lead time (days)', ({ leadDays }) => leadDays),
    part.words('按序列号管理', 'By serial number', ({ serialised }) => yesNo(serialised)),
    part.words('旧件须返回', 'Old part must come back', ({ returnOld }) => yesNo(returnOld)),
  ]
}

export function movementColumns({ role }: Pick<Actor, 'role'>) {
  return [
    movement.time('时间', 'When', ({ at }) => at),
    movement.words('动作', 'Action', ({ kind }) => movementWords[kind]),
    movement.text('备件编码', 'Part code', ({ partCode }) => partCode),
    movement.words('备件', 'Part', ({ partName }) => partName),
    movement.text('序列号', 'Serial number', ({ serial }) => serial),
    movement.decimal('数量', 'Quantity', ({ quantity }) => quantity),
    movement.words('单位', 'Unit', ({ unit, quantity }) => unitWord(unit, quantity)),
    movement.text('从', 'From', ({ fromLocation }) => fromLocation),
    movement.text('到', 'To', ({ toLocation }) => toLocation),
    movement.text('工单号', 'Ticket', ({ ticketNumber }) => ticketNumber),
    ...(seesMoney(role)
      ? [movement.money('成本单价，不含税', 'Unit cost without tax', ({ unitCostCents }) => unitCostCents)]
      : []),
    movement.text('经手人', 'By', ({ by }) => by),
  ]
}
