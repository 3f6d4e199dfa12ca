import type { Text } from '@fettle/contracts/scalars'

/** 省市区 with the letters that ticket numbers use; a district shares those of its city. */
export interface DemoRegion {
  readonly code: string
  readonly name: Text
  readonly letters: string
  readonly ownerBranchKey: string | null
}

export const regions: readonly DemoRegion[] = [
  { code: '371500', name: { zh: '山东省聊城市', en: 'Liaocheng, Shandong' }, letters: 'LC', ownerBranchKey: null },
  {
    code: '371502',
    name: { zh: '山东省聊城市东昌府区', en: 'Dongchangfu, Liaocheng, Shandong' },
    letters: 'LC',
    ownerBranchKey: null,
  },
  { code: '371581', name: { zh: '山东省临清市', en: 'Linqing, Shandong' }, letters: 'LQ', ownerBranchKey: null },
  { code: '320500', name: { zh: '江苏省苏州市', en: 'Suzhou, Jiangsu' }, letters: 'SZ', ownerBranchKey: null },
  {
    code: '320505',
    name: { zh: '江苏省苏州市虎丘区', en: 'Huqiu, Suzhou, Jiangsu' },
    letters: 'SZ',
    ownerBranchKey: null,
  },
  { code: '320583', name: { zh: '江苏省昆山市', en: 'Kunshan, Jiangsu' }, letters: 'KS', ownerBranchKey: null },
  { code: '330200', name: { zh: '浙江省宁波市', en: 'Ningbo, Zhejiang' }, letters: 'NB', ownerBranchKey: null },
  {
    code: '330206',
    name: { zh: '浙江省宁波市北仑区', en: 'Beilun, Ningbo, Zhejiang' },
    letters: 'NB',
    ownerBranchKey: null,
  },
  {
    code: '441900',
    name: { zh: '广东省东莞市', en: 'Dongguan, Guangdong' },
    letters: 'DG',
    ownerBranchKey: 'dongguan',
  },
]
