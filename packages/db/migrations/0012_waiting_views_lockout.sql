CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"username" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"locked_until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD COLUMN "peak_limit" double precision;--> statement-breakpoint
UPDATE "alarm_episodes" e SET "peak_limit" = coalesce((v.definition -> 'limits' ->> case e.peak_level
  when 'high-high' then 'hh' when 'high' then 'h' when 'low' then 'l' else 'll' end)::double precision, e."limit")
  FROM "rule_versions" v WHERE v.rule_id = e.rule_id AND v.version = e.rule_version;--> statement-breakpoint
UPDATE "alarm_episodes" SET "peak_limit" = "limit" WHERE "peak_limit" IS NULL;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ALTER COLUMN "peak_limit" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "waiting_for" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "sla_paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_view_of_a_name" ON "saved_views" USING btree ("user_id","list","name");
--> statement-breakpoint
create or replace view dashboards.alarms with (security_barrier) as
select e.id, e.asset_id as machine_id, e.signal_id, s.name ->> 'zh' as signal, e.level, e.peak_level,
       e.level in ('high-high', 'low-low') as is_outer, e.peak_level in ('high-high', 'low-low') as was_outer,
       e.limit, e.value, e.peak_value, s.unit, s.decimals, f.key as failure_mode_key, f.name ->> 'zh' as failure_mode,
       to_timestamp(e.raised_ms / 1000.0) as raised_at, to_timestamp(e.cleared_ms / 1000.0) as cleared_at,
       e.acknowledged_at, e.late, t.id as ticket_id, t.number as ticket_number,
       e.peak_limit
  from alarm_episodes e
  join dashboard_assets a on a.id = e.asset_id
  join signals s on s.id = e.signal_id
  join failure_modes f on f.id = e.failure_mode_id
  left join tickets t on t.id = e.ticket_id
 -- The alarm of a machine that was sold since stays with the customer whose ticket it was.
 where t.id is null or exists (
   select from dashboard_reader r where r.customer_id is null or t.customer_id = r.customer_id);
--> statement-breakpoint
create or replace view dashboards.tickets with (security_barrier) as
select t.id, t.number, t.asset_id as machine_id, t.customer_id, t.site_id, t.type, t.source, t.state, t.priority,
       t.title ->> 'zh' as title, t.title ->> 'en' as title_en, t.late, t.created_at, t.closed_at, t.restored_at,
       d.due_at, o.is_open, o.is_open and coalesce(d.due_at < now(), false) as is_overdue
  from tickets t
  join assets a on a.id = t.asset_id
  join models m on m.id = a.model_id
  join dashboard_reader r
    on r.scope = 'all' or t.customer_id = r.customer_id or m.manufacturer = r.manufacturer
 cross join lateral (select t.state not in ('closed', 'archived', 'cancelled', 'merged') as is_open) o
 -- The promise that is owed next, as the domain's `nextDue` picks it. While the customer is waited for none runs.
 cross join lateral (select least(
   case when t.answered_at is null then t.answer_due_at end,
   case when t.arrived_at is null and t.restored_at is null then t.arrive_due_at end,
   case when t.restored_at is null then t.restore_due_at end) as due_at) owed
 cross join lateral (
   select case when t.sla_paused_at is null or owed.due_at < t.sla_paused_at then owed.due_at end as due_at) d;
