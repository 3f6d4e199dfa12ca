import type { AssetSummary, SignalWithLatest } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'
import { columnsOf } from './columns.ts'
import { assetModeWords, assetStateWords, healthWords } from './words.ts'

const { text, words, number } = columnsOf<AssetSummary>()

export const assetColumns = [
  text('设备编码', 'Asset key', ({ key }) => key),
  text('设备', 'Asset', ({ name }) => name),
  text('出厂编号', 'Serial number', ({ serial }) => serial),
  text('型号', 'Model', ({ modelKey }) => modelKey),
  words('型号名称', 'Model name', ({ modelName }) => modelName),
  text('机型', 'Family', ({ modelFamily }) => modelFamily),
  text('客户', 'Customer', ({ customerName }) => customerName),
  text('现场', 'Site', ({ siteName }) => siteName),
  text('区划代码', 'Region code', ({ regionCode }) => regionCode),
  words('模式', 'Mode', ({ mode }) => assetModeWords[mode]),
  words('状态', 'State', ({ state }) => assetStateWords[state]),
  words('健康', 'Health', ({ health }) => healthWords[health.level]),
  number('健康分（0–100）', 'Health score (0–100)', ({ health }) => health.score),
  words('健康原因', 'Health reasons', ({ health }) => listed(health.reasons)),
  words('关键测点', 'Headline values', ({ headline }) => listed(headline.map(valueText))),
  number('未恢复报警（条）', 'Open alarms', ({ openAlarms }) => openAlarms),
  number('未完工单（张）', 'Open tickets', ({ openTickets }) => openTickets),
]

function listed(texts: readonly Text[]): Text | null {
  if (texts.length === 0) return null
  return { zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') }
}

/** Signals differ from model to model, so each names its own unit: `排气温度 85.2 °C`. */
function valueText({ name, unit, decimals, latest }: SignalWithLatest): Text {
  const value = latest === null || latest.value === null ? '–' : latest.value.toFixed(decimals)
  const shown = unit === '' ? value : `${value} ${unit}`
  return { zh: `${name.zh} ${shown}`, en: `${name.en} ${shown}` }
}
