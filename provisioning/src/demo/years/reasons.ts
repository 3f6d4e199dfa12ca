/** What people write when a ticket leaves its ordinary way. */
export const reasons = {
  cancel: [
    '客户自行处理后恢复，不再需要上门',
    '客户停产检修，另行安排',
    '误报，现场复位后正常',
    '设备已报废停用',
    '客户改由本厂机修处理',
  ],
  lostQuote: ['报价客户未接受', '客户嫌备件价格高，自行采购', '客户预算未批，年后再定'],
  decline: ['在另一台抢修，当天赶不到', '车辆故障，请改派', '缺专用工具，请改派'],
  dispute: ['运行半天又报警', '还有渗漏', '噪声没有消除', '试机合格率仍不达标', '温度又升上来了'],
  reopen: ['三天后同样故障', '关闭后第二天再次停机', '客户回访时反映问题重现', '一周内同一部位再次报警'],
  returnReport: ['缺更换前后对比照片', '未填旧件序列号', '工时与打卡时间不符，请核对', '测量值未填写'],
  waitForStop: ['等客户停机窗口', '客户赶订单，约定后天停机', '等客户办理动火与登高许可'],
  waitForPart: ['等备件到货', '车上备件型号不符，等中心库调拨', '需要更换的件已向厂家订货'],
  partMissing: ['拆检后确认，缺件，另约时间更换', '首次到场完成检测，备件到货后再来'],
  anotherDay: ['当日停机时间不足，下次继续', '今日完成拆解与清洗，余下工作另日完成'],
  duplicate: ['同一台机器又报了一次', '车间扫码重复报修', '客户另一位同事又打来电话'],
} as const

/** Lines that finance adds by hand. */
export const moneyTexts = {
  remoteFee: '远程技术支持费',
  remoteWork: '远程支持工时',
  contractVisit: '年度保养合同单次服务费',
  helper: '第二人协作工时',
  /** By the letters of the machine's family. */
  outsourcing: {
    AC: ['主机吊装外协', '电机绕组检测外协'],
    IM: ['模板吊装外协', '叉车与吊具租用'],
    VMC: ['主轴动平衡外协', '激光干涉仪检测外协'],
    CH: ['铜管清洗外协', '制冷剂回收外协'],
    P: ['叶轮动平衡外协', '电机绕组检测外协'],
  } as Readonly<Record<string, readonly string[]>>,
  goodwill: '商务折让',
  agreedPrice: '合同客户备件协议价优惠',
  oldPartFreight: '旧件返厂运费',
  claim: (partCode: string, batch: string) => `${partCode} 批次 ${batch} 向供应商索赔`,
} as const
