CREATE TABLE "telemetry_texts" (
	"series" integer NOT NULL,
	"at_ms" bigint NOT NULL,
	"text" text,
	"quality" smallint NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "telemetry_texts_series_at_ms_pk" PRIMARY KEY("series","at_ms")
);
--> statement-breakpoint
ALTER TABLE "signals" ADD COLUMN "kind" text DEFAULT 'number' NOT NULL;--> statement-breakpoint
ALTER TABLE "telemetry_latest" ADD COLUMN "text" text;--> statement-breakpoint
CREATE INDEX "telemetry_texts_at_ms_index" ON "telemetry_texts" USING btree ("at_ms");--> statement-breakpoint
create or replace view readings as
select s.id as signal_id, s.asset_id, s.key as signal_key, r.at_ms, r.value, r.quality, c.position, null::text as "text"
from telemetry_chunks c
join signals s on s.series = c.series
cross join lateral unnest(c.times, c.values, c.qualities) as r(at_ms, value, quality)
union all
select s.id, s.asset_id, s.key, t.at_ms, null::double precision, t.quality, t.position, t."text"
from telemetry_texts t
join signals s on s.series = t.series;
--> statement-breakpoint
drop trigger signals_notify_uplink on signals;
--> statement-breakpoint
create trigger signals_notify_uplink after insert or delete or update of key, asset_id, kind on signals
  for each statement execute function notify_uplink('catalogue');
