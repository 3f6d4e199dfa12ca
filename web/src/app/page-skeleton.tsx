import { Skeleton } from 'antd'

/** While the code of a page is on its way: the head and one panel, where they will stand. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton active title={{ width: 160 }} paragraph={false} style={{ height: 44, marginBottom: 16 }} />
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  )
}
