CREATE TABLE "grafana_organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid,
	"manufacturer" text,
	"role" text NOT NULL,
	"mirror" text,
	"grafana_org_id" integer,
	"fettle_url" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"copied_series" integer DEFAULT 0 NOT NULL,
	"copied_at" timestamp (3) with time zone,
	"broken_since" timestamp (3) with time zone,
	"broken_reason" text,
	CONSTRAINT "grafana_organisations_name_unique" UNIQUE("name"),
	CONSTRAINT "grafana_organisations_role_unique" UNIQUE("role"),
	CONSTRAINT "grafana_organisations_mirror_unique" UNIQUE("mirror"),
	CONSTRAINT "grafana_organisation_scope" CHECK (case "grafana_organisations"."scope"
        when 'all' then num_nonnulls("grafana_organisations"."customer_id", "grafana_organisations"."manufacturer", "grafana_organisations"."mirror") = 0
        when 'customer' then "grafana_organisations"."customer_id" is not null and "grafana_organisations"."manufacturer" is null
        when 'manufacturer' then "grafana_organisations"."manufacturer" is not null and "grafana_organisations"."customer_id" is null
        else false end)
);
--> statement-breakpoint
ALTER TABLE "grafana_organisations" ADD CONSTRAINT "grafana_organisations_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- How much of the way from `start` to `limit` a value has gone, 0 to 1; the domain's `shareOf` (assets/health.ts).
create function limit_use(value double precision, start double precision, "limit" double precision)
returns double precision language sql immutable parallel safe as $$
  select case
    when "limit" is null then 0
    when value >= "limit" then 1
    when "limit" <= start then 0
    else greatest(0, (value - start) / ("limit" - start)) end
$$;
--> statement-breakpoint
-- What the login that asks may see: one row, or none for a role that nobody made an organisation for.
create view dashboard_reader as
select scope, customer_id, manufacturer, fettle_url from grafana_organisations where role = current_user;
--> statement-breakpoint
create view dashboard_assets as
select a.*, m.key as model_key, m.name ->> 'zh' as model, m.manufacturer, m.run_state_signal
  from assets a
  join models m on m.id = a.model_id
  join dashboard_reader r
    on r.scope = 'all' or a.customer_id = r.customer_id or m.manufacturer = r.manufacturer;
--> statement-breakpoint
create schema dashboards;
--> statement-breakpoint
comment on schema dashboards is
  'Everything that Grafana may read: views of the fleet, filtered by the login role that asks. No people, no secrets.';
--> statement-breakpoint
create view dashboards.platform with (security_barrier) as select fettle_url as url from dashboard_reader;
--> statement-breakpoint
create view dashboards.customers with (security_barrier) as
select c.id, c.key, c.name, c.city
  from customers c
 where exists (select from dashboard_reader r where r.scope = 'all' or r.customer_id = c.id)
    or exists (select from dashboard_assets a where a.customer_id = c.id);
--> statement-breakpoint
create view dashboards.sites with (security_barrier) as
select s.id, s.customer_id, s.name
  from sites s
 where exists (select from dashboard_reader r where r.scope = 'all' or r.customer_id = s.customer_id)
    or exists (select from dashboard_assets a where a.site_id = s.id);
--> statement-breakpoint
create view dashboards.models with (security_barrier) as
select m.id, m.key, m.family, m.name ->> 'zh' as name, m.name ->> 'en' as name_en, m.manufacturer
  from models m
 where exists (select from dashboard_assets a where a.model_id = m.id);
--> statement-breakpoint
create view dashboards.signals with (security_barrier) as
select s.id, s.asset_id as machine_id, s.key, s.name ->> 'zh' as name, s.name ->> 'en' as name_en, s.kind, s.unit, s.decimals,
       (s.limits ->> 'hh')::double precision as hh, (s.limits ->> 'h')::double precision as h,
       (s.limits ->> 'l')::double precision as l, (s.limits ->> 'll')::double precision as ll,
       (s.normal ->> 0)::double precision as normal_low, (s.normal ->> 1)::double precision as normal_high,
       s.headline, s.key = a.run_state_signal as is_run_state,
       to_timestamp(t.at_ms / 1000.0) as latest_at, t.value as latest_value, t.text as latest_text, t.quality as latest_quality,
       coalesce(t.text, round(t.value::numeric, s.decimals)::text || case when s.unit = '' then '' else ' ' || s.unit end)
         as latest
  from signals s
  join dashboard_assets a on a.id = s.asset_id
  left join telemetry_latest t on t.series = s.series;
--> statement-breakpoint
create view dashboards.alarms with (security_barrier) as
select e.id, e.asset_id as machine_id, e.signal_id, s.name ->> 'zh' as signal, e.level, e.peak_level,
       e.level in ('high-high', 'low-low') as is_outer, e.peak_level in ('high-high', 'low-low') as was_outer,
       e.limit, e.value, e.peak_value, s.unit, s.decimals, f.key as failure_mode_key, f.name ->> 'zh' as failure_mode,
       to_timestamp(e.raised_ms / 1000.0) as raised_at, to_timestamp(e.cleared_ms / 1000.0) as cleared_at,
       e.acknowledged_at, e.late, t.id as ticket_id, t.number as ticket_number
  from alarm_episodes e
  join dashboard_assets a on a.id = e.asset_id
  join signals s on s.id = e.signal_id
  join failure_modes f on f.id = e.failure_mode_id
  left join tickets t on t.id = e.ticket_id
 -- The alarm of a machine that was sold since stays with the customer whose ticket it was.
 where t.id is null or exists (
   select from dashboard_reader r where r.customer_id is null or t.customer_id = r.customer_id);
--> statement-breakpoint
create view dashboards.tickets with (security_barrier) as
select t.id, t.number, t.asset_id as machine_id, t.customer_id, t.site_id, t.type, t.source, t.state, t.priority,
       t.title ->> 'zh' as title, t.title ->> 'en' as title_en, t.late, t.created_at, t.closed_at, t.restored_at,
       d.due_at, o.is_open, o.is_open and coalesce(d.due_at < now(), false) as is_overdue
  from tickets t
  join assets a on a.id = t.asset_id
  join models m on m.id = a.model_id
  join dashboard_reader r
    on r.scope = 'all' or t.customer_id = r.customer_id or m.manufacturer = r.manufacturer
 cross join lateral (select t.state not in ('closed', 'archived', 'cancelled', 'merged') as is_open) o
 -- The promise that is owed next, as the domain's `nextDue` picks it.
 cross join lateral (select least(
   case when t.answered_at is null then t.answer_due_at end,
   case when t.arrived_at is null and t.restored_at is null then t.arrive_due_at end,
   case when t.restored_at is null then t.restore_due_at end) as due_at) d;
--> statement-breakpoint
-- State and health are those of the domain's `assetState` and `healthOf`, with the api's 60 seconds.
create view dashboards.machines with (security_barrier) as
select a.id, a.key, a.serial, a.name, a.customer_id, c.name as customer, a.site_id, si.name as site,
       a.model_id, a.model_key, a.model, a.manufacturer, a.installed_on, a.warranty_until,
       st.state,
       case
         when st.state = 'tripped' then 'critical'
         when al.worst is not null then al.worst
         when st.state in ('stopped', 'maintenance') then 'ok'
         when st.state not in ('running', 'idle') or ju.judged = 0 then 'unknown'
         when ju.most_used >= 0.5 then 'warning'
         else 'ok' end as health,
       to_timestamp(la.last_ms / 1000.0) as last_reading_at,
       la.headline, la.run_state_signal_id,
       al.open_alarms, ti.open_tickets, ti.overdue_tickets
  from dashboard_assets a
  join customers c on c.id = a.customer_id
  join sites si on si.id = a.site_id
 cross join lateral (
   select max(t.at_ms) as last_ms,
          max(t.value) filter (where s.key = a.run_state_signal) as run_state,
          (array_agg(s.id) filter (where s.key = a.run_state_signal))[1] as run_state_signal_id,
          string_agg((s.name ->> 'zh') || ' ' || round(t.value::numeric, s.decimals) ||
            case when s.unit = '' then '' else ' ' || s.unit end, ' · ' order by s.headline)
            filter (where s.headline is not null and t.value is not null) as headline
     from signals s left join telemetry_latest t on t.series = s.series where s.asset_id = a.id) la
 cross join lateral (
   select case
     when a.mode = 'maintenance' then 'maintenance'
     when la.last_ms is null then 'unknown'
     when extract(epoch from now()) * 1000 - la.last_ms > 60000 then 'offline'
     else coalesce((array['stopped', 'idle', 'running', 'tripped'])[la.run_state + 1], 'unknown') end as state) st
 cross join lateral (
   select count(*) as judged, max(greatest(
            limit_use(t.value, coalesce((s.normal ->> 1)::double precision,
              b.high - case when b.low is null then b.high else b.high - b.low end * 0.2), b.high),
            limit_use(-t.value, coalesce(-(s.normal ->> 0)::double precision,
              -b.low - case when b.high is null then -b.low else b.high - b.low end * 0.2), -b.low))) as most_used
     from signals s
     join telemetry_latest t on t.series = s.series
    cross join lateral (
      select coalesce((s.limits ->> 'h')::double precision, (s.limits ->> 'hh')::double precision) as high,
             -- What idles has no flow and no load.
             case when st.state <> 'idle' then
               coalesce((s.limits ->> 'l')::double precision, (s.limits ->> 'll')::double precision) end as low) b
    where s.asset_id = a.id and num_nonnulls(b.high, b.low) > 0
      and t.value is not null and t.quality <> 2 and extract(epoch from now()) * 1000 - t.at_ms <= 60000) ju
 cross join lateral (
   select count(*) as open_alarms,
          case when bool_or(e.level in ('high-high', 'low-low')) then 'critical' when count(*) > 0 then 'warning' end as worst
     from alarm_episodes e where e.asset_id = a.id and e.cleared_ms is null) al
 cross join lateral (
   select count(*) filter (where t.is_open) as open_tickets, count(*) filter (where t.is_overdue) as overdue_tickets
     from dashboards.tickets t where t.machine_id = a.id) ti;
