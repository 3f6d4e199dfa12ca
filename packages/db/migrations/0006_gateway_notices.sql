-- A gateway may speak for its customer's machines only: ingest hears when one is added or moved.
create trigger gateways_notify_uplink after insert or delete or update of key, site_id on gateways
  for each statement execute function notify_uplink('catalogue');
