import type { Chance } from './chance.ts'

const surnames =
  '赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严金魏陶姜谢邹喻苏潘葛范彭鲁韦马方俞任袁柳鲍史唐费岑薛雷贺倪汤罗毕郝邬安常乐于傅卞齐康伍余顾孟黄穆萧尹'.split(
    '',
  )
const givenNames =
  '建国 卫东 志刚 国华 晓明 海涛 永强 文斌 立新 春生 德昌 俊峰 明辉 玉梅 秀兰 丽华 雪芹 晓燕 红霞 敏 军 勇 涛 斌 凯 鹏 超 庆丰 兆林 广涛 守信 传福 广胜 爱民 新民 建平 金荣 阿根 根宝 水根 伟民 伟雄 锦辉 炳坤 志伟 国强 家乐 启明 思远 泽宇 浩然 一帆 子健 佳怡 雅琴 慧敏 静怡 宏伟 德胜 培良 善忠 学军 孝先 延年 绍华 振江'.split(
    ' ',
  )

/** Somebody at a customer's; nobody of the names that every textbook has. */
export function personName(chance: Chance): string {
  return `${chance.pick(surnames)}${chance.pick(givenNames)}`
}

/** Eleven digits that can belong to nobody: 124 is no mobile prefix. */
export function phoneNumber(chance: Chance): string {
  return `124${String(chance.integer(0, 99_999_999)).padStart(8, '0')}`
}
