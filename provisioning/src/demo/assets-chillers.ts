import { labels, original, type DemoAsset } from './asset.ts'

export const chillers: readonly DemoAsset[] = [
  {
    key: 'CH1000-2108-0007',
    serial: 'CH1000-2108-0007',
    name: '1# 冷水机组',
    modelKey: 'CH1000',
    customerKey: 'lanke',
    siteKey: 'lanke-suzhou',
    installedOn: '2021-09-28',
    warrantyUntil: '2022-09-27',
    specification: [
      { label: labels.place, value: '公用工程楼屋面机房，1 号位' },
      { label: labels.duty, value: '洁净空调与工艺冷却，主用' },
      { label: labels.setting, value: '出水 7 °C，回差 0.5 K' },
      { label: labels.qualification, value: 'GMP 间接影响系统，24 小时内交维修报告' },
    ],
    installedParts: [original('C5', 'YL-2106-2107', '2021-09-28')],
  },
  {
    key: 'CH1000-2108-0009',
    serial: 'CH1000-2108-0009',
    name: '2# 冷水机组',
    modelKey: 'CH1000',
    customerKey: 'lanke',
    siteKey: 'lanke-suzhou',
    installedOn: '2021-09-28',
    warrantyUntil: '2022-09-27',
    specification: [
      { label: labels.place, value: '公用工程楼屋面机房，2 号位' },
      { label: labels.duty, value: '洁净空调与工艺冷却，并联' },
      { label: labels.setting, value: '出水 7 °C，回差 0.5 K' },
      { label: labels.qualification, value: 'GMP 间接影响系统，24 小时内交维修报告' },
      { label: labels.note, value: '4G 路由器在机房外墙，信号不稳' },
    ],
    installedParts: [original('C5', 'YL-2106-2109', '2021-09-28')],
  },
]
