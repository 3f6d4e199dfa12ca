-- Ingest keeps assets, signals and credentials in memory; it hears here when they change, whoever changes them.
create function notify_uplink() returns trigger language plpgsql as $$
begin
  perform pg_notify('fettle_uplink', tg_argv[0]);
  return null;
end $$;
--> statement-breakpoint
create trigger assets_notify_uplink after insert or delete or update of key, model_id, customer_id, site_id on assets
  for each statement execute function notify_uplink('catalogue');
--> statement-breakpoint
create trigger signals_notify_uplink after insert or delete or update of key, asset_id on signals
  for each statement execute function notify_uplink('catalogue');
--> statement-breakpoint
create trigger device_credentials_notify_uplink after insert or delete or update on device_credentials
  for each statement execute function notify_uplink('credentials');
--> statement-breakpoint
create trigger dead_letters_notify_uplink after update of replay_requested_at on dead_letters
  for each statement execute function notify_uplink('replay');
--> statement-breakpoint
-- Rows here are only ever updated: room on the page keeps that cheap.
alter table telemetry_latest set (fillfactor = 50);
