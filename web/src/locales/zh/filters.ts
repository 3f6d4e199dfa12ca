export const filters = {
  more: '筛选',
  sort: {
    none: '按{{column}}排序',
    descending: '已按{{column}}降序，点击改为升序',
    ascending: '已按{{column}}升序，点击恢复默认',
  },
} as const
