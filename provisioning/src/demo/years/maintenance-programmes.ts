import type { Text } from '@fettle/contracts/scalars'

/** A planned visit, as the maker's book prescribes it. */
export interface MaintenanceProgramme {
  readonly modelKey: string
  readonly title: Text
  /** Part code to quantity. */
  readonly parts: Readonly<Record<string, string>>
  readonly hours: readonly [shortest: number, longest: number]
  readonly findings: readonly string[]
  readonly works: readonly string[]
  /** An inspection takes nothing apart. */
  readonly type: 'maintenance' | 'inspection'
  /** How often against the model's other programmes. */
  readonly weight: number
}

export const maintenanceProgrammes: readonly MaintenanceProgramme[] = [
  {
    modelKey: 'AC75',
    title: { zh: '空压机 2,000 小时保养', en: 'Compressor, 2,000-hour service' },
    parts: { A1: '1', A2: '1' },
    hours: [2.6, 3.6],
    findings: ['油位正常，负压 {3.1..4.4} kPa，油分压差 {0.032..0.055} MPa', '皮带与软管无老化，冷却器轻度积尘'],
    works: ['更换空滤、油滤，吹扫冷却器，校验安全阀铅封，测振动 {4.4..6.2} mm/s'],
    type: 'maintenance',
    weight: 5,
  },
  {
    modelKey: 'AC75',
    title: { zh: '空压机 4,000 小时保养', en: 'Compressor, 4,000-hour service' },
    parts: { A1: '1', A2: '1', A3: '1', A4: '3' },
    hours: [4.2, 5.6],
    findings: ['油品取样酸值 {0.6..1.1} mgKOH/g，油分压差 {0.055..0.072} MPa'],
    works: ['更换三滤与螺杆油，清洗回油视镜，加载后压差 {0.022..0.028} MPa'],
    type: 'maintenance',
    weight: 3,
  },
  {
    modelKey: 'P100',
    title: { zh: '水泵半年保养', en: 'Pump, half-yearly service' },
    parts: { U3: '1' },
    hours: [2.2, 3.4],
    findings: ['振动 {1.8..2.9} mm/s，机封泄漏 {1..5} mL/h，联轴器弹性块有裂纹'],
    works: ['轴承加脂 {40..60} g，更换弹性块，复测对中 {0.03..0.06} mm'],
    type: 'maintenance',
    weight: 4,
  },
  {
    modelKey: 'P100',
    title: { zh: '水泵巡检', en: 'Pump, inspection round' },
    parts: {},
    hours: [1.2, 2],
    findings: ['振动 {1.7..2.6} mm/s，轴承温度 {44..56} °C，无异常'],
    works: ['测振测温并记录，紧固地脚，清洗进口滤网'],
    type: 'inspection',
    weight: 3,
  },
  {
    modelKey: 'IM280',
    title: { zh: '注塑机季度保养', en: 'Injection moulder, quarterly service' },
    parts: { I4: '1' },
    hours: [3.2, 4.6],
    findings: ['油温 {45..50} °C，油液 NAS {8..9} 级，拉杆不均 {2.0..3.0} %'],
    works: ['更换油滤，清洗油冷器进水过滤网，检查集中润滑，紧固加热圈'],
    type: 'maintenance',
    weight: 5,
  },
  {
    modelKey: 'IM280',
    title: { zh: '注塑机精度与安全检查', en: 'Injection moulder, accuracy and safety check' },
    parts: {},
    hours: [2.4, 3.4],
    findings: ['模板平行度 {0.03..0.06} mm，安全门与机械锁动作可靠'],
    works: ['校验模板平行与锁模力，测试急停、安全门联锁并记录'],
    type: 'inspection',
    weight: 2,
  },
  {
    modelKey: 'VMC850',
    title: { zh: '加工中心半年保养', en: 'Machining centre, half-yearly service' },
    parts: { V6: '2' },
    hours: [3.6, 5],
    findings: ['主轴振动 {0.5..1.0} mm/s，拉刀力 {8.8..10.2} kN，反向间隙 {3.0..5.5} µm'],
    works: ['更换两只计量件，清洗润滑油箱，测拉刀力与反向间隙并补偿'],
    type: 'maintenance',
    weight: 5,
  },
  {
    modelKey: 'VMC850',
    title: { zh: '加工中心精度检查', en: 'Machining centre, accuracy check' },
    parts: {},
    hours: [3, 4.2],
    findings: ['X/Y/Z 定位精度 {4.2..7.8} µm，圆度 {5.0..8.5} µm'],
    works: ['球杆仪检测三平面，修正反向间隙与垂直度，出具报告'],
    type: 'inspection',
    weight: 2,
  },
  {
    modelKey: 'CH1000',
    title: { zh: '冷水机组季度保养', en: 'Chiller, quarterly service' },
    parts: { C2: '1' },
    hours: [3.6, 4.8],
    findings: ['蒸发趋近 {1.2..2.0} K，冷凝趋近 {1.6..2.8} K，油压差 {290..360} kPa'],
    works: ['更换干燥芯，检漏，校验高低压开关，清洗冷却水过滤器'],
    type: 'maintenance',
    weight: 3,
  },
  {
    modelKey: 'CH1000',
    title: { zh: '冷水机组年度保养', en: 'Chiller, yearly service' },
    parts: { C4: '1', C2: '1', C6: '1', C7: '1' },
    hours: [5.6, 7.4],
    findings: ['冷凝趋近 {2.4..3.4} K，铜管轻度结垢，油酸值合格'],
    works: ['通刷冷凝器铜管，更换油滤与干燥芯，换冷却塔皮带，趋近 {1.2..1.7} K'],
    type: 'maintenance',
    weight: 2,
  },
]
