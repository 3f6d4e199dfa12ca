import type { Position } from '@fettle/contracts/scalars'
import type { DemoRegion } from '../regions.ts'

/** Where engineers live close enough together to stand in for each other. */
export type Area = 'luxi' | 'sunan' | 'zhedong' | 'dongguan'

export interface DemoPlace {
  readonly area: Area
  readonly region: DemoRegion
  /** As people say it. */
  readonly city: string
  /** Of its industrial quarter, WGS-84. */
  readonly centre: Position
  /** Streets of its industrial quarters; the house numbers are invented. */
  readonly streets: readonly string[]
  /** How many customers are here, against the others of the area. */
  readonly weight: number
}

/** Code, name, English name, letters of ticket numbers, city, position, weight, streets. */
const rows: Readonly<Record<Area, string>> = {
  luxi: `
    371502 | 山东省聊城市东昌府区 | Dongchangfu, Liaocheng, Shandong | LC | 聊城 | 36.456 115.985 | 5 | 嘉明经济开发区嘉和路、凤凰工业园纬三路、经济技术开发区松桂路
    371581 | 山东省临清市 | Linqing, Shandong | LQ | 临清 | 36.771 115.668 | 5 | 烟店镇轴承工业园纬五路、潘庄镇工业园一号路、经济开发区大众路
    371503 | 山东省聊城市茌平区 | Chiping, Liaocheng, Shandong | CP | 茌平 | 36.581 116.255 | 3 | 经济开发区中心街、乐平铺镇工业路
    371521 | 山东省阳谷县 | Yanggu, Shandong | YG | 阳谷 | 36.114 115.791 | 2 | 经济开发区清河西路、石佛镇工业园
    371524 | 山东省东阿县 | Dong'e, Shandong | DE | 东阿 | 36.336 116.248 | 2 | 经济开发区香江路、铜城街道工业二路
    371525 | 山东省冠县 | Guanxian, Shandong | GX | 冠县 | 36.484 115.442 | 2 | 经济开发区苏州路、清水镇钢板产业园
    371526 | 山东省高唐县 | Gaotang, Shandong | GT | 高唐 | 36.866 116.231 | 2 | 经济开发区光明西路、人和街道超越路
    371427 | 山东省夏津县 | Xiajin, Shandong | XJ | 夏津 | 36.948 116.002 | 2 | 经济开发区建设街、纺织工业园胜利路
    371482 | 山东省禹城市 | Yucheng, Shandong | YC | 禹城 | 36.934 116.638 | 2 | 高新区德信大街、高新区创业路
    130535 | 河北省临西县 | Linxi, Hebei | LX | 临西 | 36.871 115.501 | 2 | 轴承工业园运河路、光明路南段
    130534 | 河北省清河县 | Qinghe, Hebei | QHE | 清河 | 37.04 115.667 | 1 | 汽摩配工业园泰山路、挥公大道`,
  sunan: `
    320583 | 江苏省昆山市 | Kunshan, Jiangsu | KS | 昆山 | 31.385 120.958 | 6 | 经济技术开发区章基路、千灯镇石浦工业园、周市镇青阳北路、玉山镇城北大道
    320505 | 江苏省苏州市虎丘区 | Huqiu, Suzhou, Jiangsu | SZ | 苏州 | 31.345 120.47 | 3 | 浒关工业园大同路、科技城昆仑山路
    320506 | 江苏省苏州市吴中区 | Wuzhong, Suzhou, Jiangsu | SZ | 苏州 | 31.263 120.632 | 3 | 胥口镇茅蓬路、甪直镇迎宾西路
    320507 | 江苏省苏州市相城区 | Xiangcheng, Suzhou, Jiangsu | SZ | 苏州 | 31.369 120.642 | 3 | 黄埭镇春申路、渭塘镇爱格豪路
    320509 | 江苏省苏州市吴江区 | Wujiang, Suzhou, Jiangsu | WJ | 吴江 | 31.138 120.645 | 3 | 盛泽镇纺织科技园、汾湖高新区康力大道、同里镇屯南路
    320581 | 江苏省常熟市 | Changshu, Jiangsu | CS | 常熟 | 31.654 120.752 | 3 | 高新区东南大道、古里镇铁琴南街
    320582 | 江苏省张家港市 | Zhangjiagang, Jiangsu | ZJG | 张家港 | 31.876 120.556 | 2 | 塘桥镇妙桥西路、杨舍镇新泾路
    320585 | 江苏省太仓市 | Taicang, Jiangsu | TC | 太仓 | 31.458 121.13 | 3 | 经济开发区北京东路、沙溪镇岳王台资科技园
    320214 | 江苏省无锡市新吴区 | Xinwu, Wuxi, Jiangsu | XW | 无锡 | 31.49 120.424 | 2 | 硕放工业园振发路、梅村镇锡达路
    320205 | 江苏省无锡市锡山区 | Xishan, Wuxi, Jiangsu | XS | 无锡 | 31.59 120.357 | 1 | 东港镇锡港西路、锡北镇泾瑞路
    310114 | 上海市嘉定区 | Jiading, Shanghai | JD | 上海 | 31.375 121.265 | 3 | 安亭镇园国路、外冈镇汇富路
    310118 | 上海市青浦区 | Qingpu, Shanghai | QP | 上海 | 31.15 121.124 | 2 | 工业园区崧盈路、练塘镇章练塘路
    330421 | 浙江省嘉善县 | Jiashan, Zhejiang | JS | 嘉善 | 30.83 120.926 | 2 | 姚庄镇锦绣大道、惠民街道晋阳东路`,
  zhedong: `
    330206 | 浙江省宁波市北仑区 | Beilun, Ningbo, Zhejiang | NB | 宁波 | 29.908 121.824 | 4 | 大碶模具园区沿山河路、小港街道纬五路
    330212 | 浙江省宁波市鄞州区 | Yinzhou, Ningbo, Zhejiang | NB | 宁波 | 29.817 121.547 | 3 | 姜山镇科技园区、五乡镇工业园
    330211 | 浙江省宁波市镇海区 | Zhenhai, Ningbo, Zhejiang | NB | 宁波 | 29.949 121.716 | 2 | 骆驼街道机电园区、蛟川街道棉丰路
    330213 | 浙江省宁波市奉化区 | Fenghua, Ningbo, Zhejiang | FH | 奉化 | 29.655 121.407 | 2 | 经济开发区滨海新区、尚田镇工业区
    330281 | 浙江省余姚市 | Yuyao, Zhejiang | YY | 余姚 | 30.037 121.154 | 4 | 中国塑料城西区、泗门镇小路下工业区、低塘街道历山工业区
    330282 | 浙江省慈溪市 | Cixi, Zhejiang | CX | 慈溪 | 30.17 121.266 | 4 | 观海卫镇工业园东区、周巷镇环城北路
    330604 | 浙江省绍兴市上虞区 | Shangyu, Shaoxing, Zhejiang | SY | 上虞 | 30.033 120.868 | 1 | 曹娥街道高新产业园`,
  dongguan: `
    441900 | 广东省东莞市 | Dongguan, Guangdong | DG | 东莞 | 22.94 113.85 | 10 | 长安镇振安中路、大朗镇富民中路、寮步镇松柏路、塘厦镇沙湖路、厚街镇科技大道、横沥镇模具城
    440306 | 广东省深圳市宝安区 | Bao'an, Shenzhen, Guangdong | BA | 深圳 | 22.745 113.83 | 3 | 沙井街道共和工业路、松岗街道潭头工业区
    440311 | 广东省深圳市光明区 | Guangming, Shenzhen, Guangdong | GM | 深圳 | 22.77 113.915 | 2 | 公明街道李松蓢工业区、玉塘街道田寮路
    441302 | 广东省惠州市惠城区 | Huicheng, Huizhou, Guangdong | HC | 惠州 | 23.03 114.36 | 2 | 仲恺高新区和畅六路、水口街道龙湖大道
    441303 | 广东省惠州市惠阳区 | Huiyang, Huizhou, Guangdong | HY | 惠州 | 22.788 114.42 | 2 | 秋长街道白石工业区、新圩镇长布工业区`,
}

export const places: readonly DemoPlace[] = Object.entries(rows).flatMap(([area, text]) =>
  text
    .trim()
    .split('\n')
    .map((row) => placeOf(area as Area, row)),
)

function placeOf(area: Area, row: string): DemoPlace {
  const [code, zh, en, letters, city, position, weight, streets] = row.split('|').map((cell) => cell.trim())
  const [latitude, longitude] = (position ?? '').split(' ').map(Number)
  const isWhole = code && zh && en && letters && city && streets && latitude !== undefined && longitude !== undefined
  if (!isWhole) throw new Error(`this is no place: ${row}`)
  return {
    area,
    region: { code, name: { zh, en }, letters, ownerBranchKey: area === 'dongguan' ? 'dongguan' : null },
    city,
    centre: { latitude, longitude },
    streets: streets.split('、'),
    weight: Number(weight),
  }
}
