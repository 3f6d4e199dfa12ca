export const rules = {
  hint: '规则判断每一条读数；版本随证据一起保存，改动不影响已有工单。',
  search: '机型',

  oneAsset: '仅限一台设备',
  column: { watch: '看什么', points: '指向的故障', clears: '怎样算恢复', looksAway: '不判断的时候', version: '版本' },
  clears: '回到限值以内 {{band}}，保持{{time}}',
  clearsAtOnce: '回到限值以内 {{band}}',
  startup: '启动后{{time}}内',
  stopped: '停机时',
  always: '始终判断',
  separator: '、',
  version: 'v{{version}}',
  changed: '改于 {{day}}',
  disabled: '已停用',
  none: '没有规则',
  noneHint: '没有规则时，设备越限不会自动建单。',
} as const
