export const trend = {
  limit: { hh: '高高限', h: '高限', l: '低限', ll: '低低限' },
  newest: '最新值',
  showLimits: '显示{{name}}的限值',
  flags: '工单与换件',
  summary: {
    none: '{{name}}：这段时间没有数据。',
    range: '{{name}}：最低 {{low}}，最高 {{high}}，最新 {{last}}（{{when}}）。',
    above: '达到过上限 {{limit}}。',
    below: '达到过下限 {{limit}}。',
  },
} as const
