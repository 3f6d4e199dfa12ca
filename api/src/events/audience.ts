import type { Db } from '@fettle/db/client'
import { assets } from '@fettle/db/schema/assets'
import { customers, sites } from '@fettle/db/schema/organisation'
import { tickets } from '@fettle/db/schema/tickets'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { assetScope, ticketScope } from '../policy/scope.ts'

export interface Listener {
  readonly actor: Actor
  /** Only this machine; everything visible otherwise. */
  readonly assetId: string | null
  /** One `LiveEvent` as JSON. */
  send(event: string): void
  /** Lets the listener go: it comes back and asks for the present state. */
  end(): void
  /** Who the session belongs to now; undefined when it is over. */
  renew(): Promise<Actor | undefined>
}

/** Listeners who may see the same. However many there are, the database is asked once for all of them. */
export interface Circle {
  readonly actor: Actor
  readonly listeners: Set<Listener>
  /** The machines that they may see. */
  visible: Promise<ReadonlySet<string>>
}

export interface Audience {
  readonly circles: Iterable<Circle>
  readonly isEmpty: boolean
  /** Adds a listener; call the answer to remove it. */
  add(listener: Listener): () => void
  /** Whether the circle may see a ticket, wherever its machine is: an engineer helps out in another region. */
  seesTicket(circle: Circle, ticketId: string): Promise<boolean>
  /** Looks again what each circle may see, and lets those go whose session is over or whose account may see something else. */
  renew(): Promise<void>
  /** Lets everybody go: something was missed. */
  dismiss(): void
}

export function createAudience(db: Db): Audience {
  const circles = new Map<string, Circle>()

  async function visibleTo(actor: Actor): Promise<ReadonlySet<string>> {
    const rows = await db
      .select({ id: assets.id })
      .from(assets)
      .innerJoin(sites, eq(sites.id, assets.siteId))
      .innerJoin(customers, eq(customers.id, assets.customerId))
      .where(assetScope(actor))
    return new Set(rows.map(({ id }) => id))
  }

  function circleOf(actor: Actor): Circle {
    const known = circles.get(scopeKey(actor))
    if (known) return known
    const made = { actor, listeners: new Set<Listener>(), visible: visibleTo(actor) }
    // Whoever waits for it hears of the failure.
    made.visible.catch(() => {})
    circles.set(scopeKey(actor), made)
    return made
  }

  return {
    get circles() {
      return circles.values()
    },
    get isEmpty() {
      return circles.size === 0
    },
    add(listener) {
      const circle = circleOf(listener.actor)
      circle.listeners.add(listener)
      return () => {
        circle.listeners.delete(listener)
        const key = scopeKey(circle.actor)
        if (circle.listeners.size === 0 && circles.get(key) === circle) circles.delete(key)
      }
    },
    async seesTicket({ actor }, ticketId) {
      const where = and(eq(tickets.id, ticketId), ticketScope(actor))
      return (await db.select({ id: tickets.id }).from(tickets).where(where)).length > 0
    },
    async renew() {
      for (const [key, circle] of circles) {
        circle.visible = Promise.resolve(await visibleTo(circle.actor))
        for (const listener of circle.listeners) {
          const actor = await listener.renew()
          if (!actor || scopeKey(actor) !== key) listener.end()
        }
      }
    },
    dismiss() {
      for (const { listeners } of circles.values()) for (const listener of listeners) listener.end()
    },
  }
}

/** Everything that the policy's scopes are measured by. */
function scopeKey({ role, customerId, branchId, engineerId, regionPrefix }: Actor): string {
  const own = role === 'engineer' ? engineerId : null
  return JSON.stringify([role, customerId, branchId, own, regionPrefix])
}
