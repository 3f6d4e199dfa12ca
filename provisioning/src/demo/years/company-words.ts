import type { Area } from './places.ts'

/** Invented names of companies, with the key that stands for them everywhere. */
export const companyNames: readonly (readonly [zh: string, key: string])[] =
  `珩泰 hengtai,垣丰 yuanfeng,璟川 jingchuan,昱成 yucheng,溯洋 suyang,屹昌 yichang,钧铭 junming,澄禾 chenghe,泓锐 hongrui,臻岳 zhenyue,
菁达 jingda,砺川 lichuan,暄和 xuanhe,瑾驰 jinchi,翊新 yixin,邺恒 yeheng,晏丰 yanfeng,栩盛 xusheng,岚业 lanye,桉立 anli,
骁腾 xiaoteng,旌远 jingyuan,霁光 jiguang,琢成 zhuocheng,衡屿 hengyu,谷禹 guyu,穗源 suiyuan,沛霖 peilin,煜盛 yusheng,笙科 shengke,
铎凯 duokai,昀海 yunhai,佑工 yougong,麓程 lucheng,乾朔 qianshuo,墨衡 moheng,筑安 zhuan,澜谷 langu,蓝垦 lanken,瓯岭 ouling,
闻川 wenchuan,禾泽 heze,拓岩 tuoyan,劭成 shaocheng,滕运 tengyun,冉丰 ranfeng,颐和达 yiheda,楷锐 kairui,津榕 jinrong,峄阳 yiyang,
汶泰 wentai,漳卫源 zhangweiyuan,徒骇河 tuhaihe,茌岳 chiyue,鲁垣 luyuan,聊泽 liaoze,运浦 yunpu,古漯 guluo,齐沃 qiwo,禹津 yujin,
淞诚 songcheng,娄江源 loujiangyuan,淀湖 dianhu,吴越锦 wuyuejin,虞澜 yulan,浏港 liugang,锡澄达 xichengda,望虞 wangyu,汾渚 fenzhu,阳羡通 yangxiantong,
甬泽 yongze,姚塑 yaosu,溪口岭 xikouling,象屿达 xiangyuda,舜江 shunjiang,明州源 mingzhouyuan,鄞越 yinyue,镇澥 zhenxie,慈湾 ciwan,鸣鹤 minghe,
莞翔 guanxiang,松湖 songhu,虎屿 huyu,岭南达 lingnanda,粤衡 yueheng,东江源 dongjiangyuan,惠澄 huicheng,鹏岩 pengyan,凤岗成 fenggangcheng,水濂 shuilian,
峻德 junde,恺胜 kaisheng,朗毅 langyi,腾岳 tengyue,怀瑾 huaijin,正朔 zhengshuo,君屹 junyi,尚砺 shangli,德渊 deyuan,奕航 yihang,
荃泰 quantai,晗光 hanguang,逸帆 yifan,铂远 boyuan,柏森 bosen,樾达 yueda,蔚川 weichuan,崇礼达 chonglida,锦帆 jinfan,朔方源 shuofangyuan`
    .split(',')
    .map((pair) => {
      const [zh = '', key = ''] = pair.trim().split(' ')
      return [zh, key] as const
    })

/** Model key to the fewest and most machines that such a company has. */
type Machines = Readonly<Record<string, readonly [fewest: number, most: number]>>

export interface Trade {
  /** What follows the company's name. */
  readonly name: string
  readonly machines: Machines
  /** What the place is called; a factory where absent. */
  readonly site?: string
  /** Works at night as well, so somebody opens the gate at any hour. */
  readonly nights?: true
}

const ac = (fewest: number, most: number): Machines => ({ AC75: [fewest, most] })
const pumps = (fewest: number, most: number): Machines => ({ P100: [fewest, most] })
const moulders = (fewest: number, most: number): Machines => ({ IM280: [fewest, most] })
const centres = (fewest: number, most: number): Machines => ({ VMC850: [fewest, most] })
const chillers = (fewest: number, most: number): Machines => ({ CH1000: [fewest, most] })

/** What people make in each area, of what the engineers there can repair. */
export const trades: Readonly<Record<Area, readonly Trade[]>> = {
  luxi: [
    { name: '轴承', machines: { ...centres(3, 7), ...ac(1, 3) } },
    { name: '精工', machines: { ...centres(3, 6), ...ac(1, 1) } },
    { name: '阀门', machines: { ...centres(1, 5), ...ac(1, 3) } },
    { name: '纺织', machines: { ...ac(4, 7), ...pumps(0, 1) }, nights: true },
    { name: '铸造', machines: { ...ac(3, 6), ...pumps(1, 3) } },
    { name: '食品', machines: { ...ac(1, 5), ...pumps(1, 5) } },
    { name: '供水', site: '加压站', machines: pumps(4, 8), nights: true },
    { name: '热力', site: '热源厂', machines: pumps(5, 9), nights: true },
    { name: '淀粉', machines: { ...ac(1, 3), ...pumps(4, 7) }, nights: true },
    { name: '板材', machines: ac(3, 6) },
    { name: '包装', machines: { ...ac(1, 5), ...pumps(0, 1) } },
  ],
  sunan: [
    { name: '塑业', machines: { ...moulders(4, 10), ...ac(1, 1) } },
    { name: '汽饰', machines: { ...moulders(5, 10), ...ac(1, 3), ...chillers(0, 1) } },
    { name: '精密', machines: { ...centres(3, 7), ...ac(1, 3) } },
    { name: '模具', machines: { ...centres(3, 5), ...moulders(1, 3) } },
    { name: '光电', machines: { ...chillers(3, 5), ...ac(1, 3), ...pumps(1, 3) }, nights: true },
    { name: '制药', machines: { ...chillers(1, 5), ...pumps(3, 5), ...ac(1, 1) }, nights: true },
    { name: '化纤', machines: { ...ac(4, 7), ...pumps(1, 5), ...chillers(0, 1) }, nights: true },
    { name: '电子', machines: { ...chillers(1, 3), ...ac(1, 3), ...pumps(1, 3) } },
    { name: '医疗器械', machines: { ...moulders(3, 6), ...chillers(1, 1) } },
    { name: '冷链', site: '冷库', machines: { ...chillers(3, 5), ...pumps(1, 3) }, nights: true },
    { name: '染整', machines: { ...ac(3, 5), ...pumps(3, 6) }, nights: true },
  ],
  zhedong: [
    { name: '模塑', machines: moulders(4, 9) },
    { name: '电器', machines: moulders(4, 8) },
    { name: '文具', machines: moulders(3, 7) },
    { name: '汽配', machines: { ...centres(3, 6), ...moulders(1, 5) } },
    { name: '液压', machines: centres(3, 7) },
    { name: '模具', machines: { ...centres(3, 5), ...moulders(1, 3) } },
  ],
  dongguan: [
    { name: '五金', machines: { ...ac(3, 5), ...moulders(0, 1) } },
    { name: '塑胶', machines: { ...moulders(4, 8), ...ac(1, 1) } },
    { name: '玩具', machines: { ...moulders(5, 9), ...ac(1, 1) } },
    { name: '连接器', machines: { ...moulders(4, 7), ...ac(1, 3) } },
    { name: '电子', machines: ac(3, 6) },
    { name: '家具', machines: ac(3, 6) },
    { name: '纸品', machines: { ...ac(3, 5), ...pumps(1, 3) } },
  ],
}
