-- What happened stays: ledgers and trails refuse update and delete.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_log_append_only before update or delete on audit_log for each row execute function refuse_change();
--> statement-breakpoint
create trigger stock_movements_append_only before update or delete on stock_movements for each row execute function refuse_change();
--> statement-breakpoint
create trigger money_lines_append_only before update or delete on money_lines for each row execute function refuse_change();
--> statement-breakpoint
create trigger ticket_events_append_only before update or delete on ticket_events for each row execute function refuse_change();
--> statement-breakpoint
alter table stock_balances add constraint stock_never_negative check (quantity >= 0);
--> statement-breakpoint
alter table stock_movements add constraint movement_positive check (quantity > 0);
--> statement-breakpoint
alter table rules add constraint rule_has_one_subject check ((model_id is null) <> (asset_id is null));
--> statement-breakpoint
create view readings as
select s.id as signal_id, s.asset_id, s.key as signal_key, r.at_ms, r.value, r.quality, c.position
from telemetry_chunks c
join signals s on s.series = c.series
cross join lateral unnest(c.times, c.values, c.qualities) as r(at_ms, value, quality);
