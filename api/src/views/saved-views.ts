import type { Static } from 'typebox'
import { maxViewsPerList, type SavedView, type saveView, type ViewedList } from '@fettle/contracts/views'
import type { DbOrTx, Tx } from '@fettle/db/client'
import { savedViews, users } from '@fettle/db/schema/identity'
import { DomainError } from '@fettle/domain/domain-error'
import { uuidv7 } from '@fettle/platform/ids'
import { and, asc, eq } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'

type Wanted = Static<typeof saveView.schema.body>

/** A person's own views of a list; nobody sees another's. */
export async function viewsOf(db: DbOrTx, actor: Actor, list: ViewedList): Promise<SavedView[]> {
  const rows = await db
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.userId, actor.id), eq(savedViews.list, list)))
    .orderBy(asc(savedViews.name))
  return rows.map(presentView)
}

/**
 * Throws `view/name-taken` where the name is in use and not to be overwritten, `view/too-many` where the list has as many
 * as it may.
 */
export async function keepView(tx: Tx, actor: Actor, wanted: Wanted, now: Date): Promise<SavedView> {
  const { list, name, content, overwrite = false } = wanted
  // Two windows of one person save one after the other, so that neither the name nor the number is counted too late.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, actor.id)).for('no key update')
  const kept = await viewsOf(tx, actor, list)
  const namesake = kept.find((view) => view.name === name)
  if (namesake && !overwrite) throw new DomainError('view/name-taken', 'a view of this list has that name', { name })
  if (namesake) {
    await tx.update(savedViews).set({ content }).where(eq(savedViews.id, namesake.id))
    return { ...namesake, content }
  }
  if (kept.length >= maxViewsPerList) {
    throw new DomainError('view/too-many', `a list keeps ${maxViewsPerList} views at most`, { limit: maxViewsPerList })
  }
  const row = { id: uuidv7(now.getTime()), userId: actor.id, list, name, content, createdAt: now }
  await tx.insert(savedViews).values(row)
  return presentView(row)
}

/** Another person's view is as little there as none. */
export async function forgetView(tx: Tx, actor: Actor, viewId: string): Promise<void> {
  const [gone] = await tx
    .delete(savedViews)
    .where(and(eq(savedViews.id, viewId), eq(savedViews.userId, actor.id)))
    .returning({ id: savedViews.id })
  if (!gone) throw new DomainError('resource/not-found', 'there is no such view', { viewId })
}

function presentView({ userId: _, createdAt, ...view }: typeof savedViews.$inferSelect): SavedView {
  return { ...view, createdAt: createdAt.toISOString() }
}
