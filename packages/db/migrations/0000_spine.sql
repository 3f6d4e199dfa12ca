CREATE TABLE "assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"key" text NOT NULL,
	"serial" text NOT NULL,
	"name" text NOT NULL,
	"model_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"mode" text DEFAULT 'normal' NOT NULL,
	"mode_since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"installed_on" date,
	"warranty_until" date,
	"specification" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "assets_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"signal_id" uuid NOT NULL,
	"gateway_key" text,
	"driver" text NOT NULL,
	"address" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_modes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"model_id" uuid NOT NULL,
	"name" jsonb NOT NULL,
	"on_signals" jsonb NOT NULL,
	"causes" jsonb NOT NULL,
	"fix" jsonb NOT NULL,
	"signature" jsonb NOT NULL,
	"prior" real NOT NULL,
	"parts" jsonb NOT NULL,
	"standard_hours" numeric(8, 2) NOT NULL,
	"persons" integer NOT NULL,
	"certificates" text[] DEFAULT '{}' NOT NULL,
	"skill_level" integer NOT NULL,
	CONSTRAINT "failure_modes_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "installed_parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"asset_id" uuid NOT NULL,
	"part_code" text NOT NULL,
	"serial" text,
	"installed_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"ticket_id" uuid
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"family" text NOT NULL,
	"name" jsonb NOT NULL,
	"manufacturer" text NOT NULL,
	"specification" jsonb NOT NULL,
	"signals" jsonb NOT NULL,
	"run_state_signal" text NOT NULL,
	CONSTRAINT "models_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"series" integer GENERATED ALWAYS AS IDENTITY (sequence name "signals_series_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"asset_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" jsonb NOT NULL,
	"unit" text NOT NULL,
	"decimals" integer NOT NULL,
	"limits" jsonb NOT NULL,
	"normal" jsonb,
	"headline" integer,
	CONSTRAINT "signals_series_unique" UNIQUE("series"),
	CONSTRAINT "signals_asset_id_key_unique" UNIQUE("asset_id","key")
);
--> statement-breakpoint
CREATE TABLE "consumer_positions" (
	"consumer" text NOT NULL,
	"partition" integer NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "consumer_positions_consumer_partition_pk" PRIMARY KEY("consumer","partition")
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dead_letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"received_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"topic" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"payload" text NOT NULL,
	"readings" integer NOT NULL,
	"replayed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "device_credentials" (
	"username" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"asset_id" uuid,
	"gateway_id" uuid,
	"secret_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "gateways" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"site_id" uuid NOT NULL,
	"last_seen_at" timestamp (3) with time zone,
	"status" jsonb,
	CONSTRAINT "gateways_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"operation" text NOT NULL,
	"entity" text,
	"entity_id" text,
	"outcome" integer NOT NULL,
	"detail" jsonb NOT NULL,
	"address" text,
	"request_id" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"operation" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer NOT NULL,
	"reply" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"engineer_id" uuid,
	"customer_id" uuid,
	"branch_id" uuid,
	"region_prefix" text DEFAULT '' NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "labour_rates" (
	"level" integer PRIMARY KEY NOT NULL,
	"cost_cents" bigint NOT NULL,
	"price_cents" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "money_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"side" text NOT NULL,
	"kind" text NOT NULL,
	"description" jsonb NOT NULL,
	"quantity" numeric(16, 4) NOT NULL,
	"unit" text NOT NULL,
	"unit_price_cents" bigint NOT NULL,
	"amount_cents" bigint NOT NULL,
	"net_cents" bigint NOT NULL,
	"currency" text NOT NULL,
	"tax_rate" numeric(6, 4) NOT NULL,
	"tax_included" boolean NOT NULL,
	"payer" text NOT NULL,
	"movement_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_items" (
	"key" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"unit" text NOT NULL,
	"cost_cents" bigint NOT NULL,
	"price_cents" bigint NOT NULL,
	"tax_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"key" text NOT NULL,
	"valid_from" date NOT NULL,
	"rate" numeric(6, 4) NOT NULL,
	CONSTRAINT "tax_rates_key_valid_from_pk" PRIMARY KEY("key","valid_from")
);
--> statement-breakpoint
CREATE TABLE "branches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"region_code" text NOT NULL,
	"hour_cost_cents" bigint NOT NULL,
	"km_cost_cents" bigint NOT NULL,
	"free_km" integer NOT NULL,
	CONSTRAINT "branches_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"city" text NOT NULL,
	"tier" text NOT NULL,
	"terms" text NOT NULL,
	"branch_id" uuid,
	CONSTRAINT "customers_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "engineer_absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engineer_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engineer_certificates" (
	"engineer_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" jsonb NOT NULL,
	"expires_on" date,
	CONSTRAINT "engineer_certificates_engineer_id_key_pk" PRIMARY KEY("engineer_id","key")
);
--> statement-breakpoint
CREATE TABLE "engineer_skills" (
	"engineer_id" uuid NOT NULL,
	"family" text NOT NULL,
	"level" integer NOT NULL,
	CONSTRAINT "engineer_skills_engineer_id_family_pk" PRIMARY KEY("engineer_id","family")
);
--> statement-breakpoint
CREATE TABLE "engineers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"level" integer NOT NULL,
	"region_code" text NOT NULL,
	"base_name" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"branch_id" uuid,
	"workdays" integer[] NOT NULL,
	"day_start" text NOT NULL,
	"day_end" text NOT NULL,
	CONSTRAINT "engineers_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"letters" text NOT NULL,
	"owner_branch_id" uuid
);
--> statement-breakpoint
CREATE TABLE "service_contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"coverage" text NOT NULL,
	"tier" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"annual_fee_cents" bigint NOT NULL,
	"wear_parts_charged" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"region_code" text NOT NULL,
	"address" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"gate" text NOT NULL,
	"stop_window" text,
	"safety_training" boolean NOT NULL,
	"contact_name" text NOT NULL,
	"contact_phone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "part_serials" (
	"part_id" uuid NOT NULL,
	"serial" text NOT NULL,
	"location_id" uuid,
	"batch" text,
	CONSTRAINT "part_serials_part_id_serial_pk" PRIMARY KEY("part_id","serial")
);
--> statement-breakpoint
CREATE TABLE "parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"model_family" text NOT NULL,
	"unit" text NOT NULL,
	"cost_cents" bigint NOT NULL,
	"price_cents" bigint NOT NULL,
	"lead_days" integer NOT NULL,
	"serialised" boolean NOT NULL,
	"return_old" boolean NOT NULL,
	CONSTRAINT "parts_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "stock_balances" (
	"part_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"quantity" numeric(16, 4) NOT NULL,
	CONSTRAINT "stock_balances_part_id_location_id_pk" PRIMARY KEY("part_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "stock_locations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"engineer_id" uuid,
	"branch_id" uuid,
	CONSTRAINT "stock_locations_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "stock_movements_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"part_id" uuid NOT NULL,
	"quantity" numeric(16, 4) NOT NULL,
	"from_location_id" uuid,
	"to_location_id" uuid,
	"serial" text,
	"removed_serial" text,
	"unit_cost_cents" bigint NOT NULL,
	"ticket_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "stock_movements_sequence_unique" UNIQUE("sequence")
);
--> statement-breakpoint
CREATE TABLE "alarm_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alarm_id" uuid NOT NULL,
	"at_ms" bigint NOT NULL,
	"level" text,
	"value" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alarm_episodes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_version" integer NOT NULL,
	"asset_id" uuid NOT NULL,
	"signal_id" uuid NOT NULL,
	"failure_mode_id" uuid NOT NULL,
	"raised_ms" bigint NOT NULL,
	"cleared_ms" bigint,
	"level" text NOT NULL,
	"peak_level" text NOT NULL,
	"limit" double precision NOT NULL,
	"value" double precision NOT NULL,
	"peak_value" double precision NOT NULL,
	"late" boolean NOT NULL,
	"ticket_id" uuid,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" text,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_snapshots" (
	"partition" integer PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"state" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_versions_rule_id_version_pk" PRIMARY KEY("rule_id","version")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"model_id" uuid,
	"asset_id" uuid,
	"failure_mode_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telemetry_chunks" (
	"series" integer NOT NULL,
	"first_ms" bigint NOT NULL,
	"last_ms" bigint NOT NULL,
	"position" bigint NOT NULL,
	"readings" integer NOT NULL,
	"count" integer NOT NULL,
	"minimum" double precision,
	"maximum" double precision,
	"total" double precision NOT NULL,
	"worst_quality" smallint NOT NULL,
	"times" bigint[] NOT NULL,
	"values" double precision[] NOT NULL,
	"qualities" smallint[] NOT NULL,
	CONSTRAINT "telemetry_chunks_series_first_ms_position_pk" PRIMARY KEY("series","first_ms","position")
);
--> statement-breakpoint
CREATE TABLE "telemetry_latest" (
	"series" integer PRIMARY KEY NOT NULL,
	"at_ms" bigint NOT NULL,
	"value" double precision,
	"quality" smallint NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "completion_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"failure_mode_id" uuid,
	"finding" text NOT NULL,
	"work" text NOT NULL,
	"outcome" text NOT NULL,
	"restored_at" timestamp (3) with time zone NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"written_by" text NOT NULL,
	"customer_name" text,
	CONSTRAINT "completion_reports_visit_id_unique" UNIQUE("visit_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_counters" (
	"prefix" text NOT NULL,
	"day" date NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "ticket_counters_prefix_day_pk" PRIMARY KEY("prefix","day")
);
--> statement-breakpoint
CREATE TABLE "ticket_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"by_role" text NOT NULL,
	"kind" text NOT NULL,
	"action" text,
	"from_state" text,
	"to_state" text,
	"text" jsonb NOT NULL,
	"reason" text,
	"once_key" text,
	CONSTRAINT "ticket_events_once_key_unique" UNIQUE("once_key")
);
--> statement-breakpoint
CREATE TABLE "ticket_evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"alarm_id" uuid NOT NULL,
	"from_ms" bigint NOT NULL,
	"to_ms" bigint NOT NULL,
	"raised_ms" bigint NOT NULL,
	"freezes_at" timestamp (3) with time zone NOT NULL,
	"frozen_at" timestamp (3) with time zone,
	"content" jsonb NOT NULL,
	CONSTRAINT "ticket_evidence_alarm_id_unique" UNIQUE("alarm_id")
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"number" text NOT NULL,
	"type" text NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"resume_state" text,
	"priority" text NOT NULL,
	"title" jsonb NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"reporter_name" text,
	"reporter_phone" text,
	"late" boolean DEFAULT false NOT NULL,
	"asset_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"region_code" text NOT NULL,
	"branch_id" uuid,
	"failure_mode_id" uuid,
	"engineer_id" uuid,
	"merged_into_id" uuid,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"answer_due_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"arrive_due_at" timestamp (3) with time zone,
	"arrived_at" timestamp (3) with time zone,
	"restore_due_at" timestamp (3) with time zone,
	"restored_at" timestamp (3) with time zone,
	"verification" text NOT NULL,
	"settlement" text NOT NULL,
	CONSTRAINT "tickets_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL,
	"engineer_id" uuid NOT NULL,
	"state" text NOT NULL,
	"planned_start" timestamp (3) with time zone NOT NULL,
	"planned_end" timestamp (3) with time zone NOT NULL,
	"departed_at" timestamp (3) with time zone,
	"checked_in_at" timestamp (3) with time zone,
	"checked_in_distance_m" double precision,
	"checked_out_at" timestamp (3) with time zone,
	"work_hours" numeric(8, 2),
	"travel_hours" numeric(8, 2),
	"travel_km" numeric(10, 2)
);
--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_signal_id_signals_id_fk" FOREIGN KEY ("signal_id") REFERENCES "public"."signals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_modes" ADD CONSTRAINT "failure_modes_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installed_parts" ADD CONSTRAINT "installed_parts_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installed_parts" ADD CONSTRAINT "installed_parts_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_credentials" ADD CONSTRAINT "device_credentials_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_credentials" ADD CONSTRAINT "device_credentials_gateway_id_gateways_id_fk" FOREIGN KEY ("gateway_id") REFERENCES "public"."gateways"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateways" ADD CONSTRAINT "gateways_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_branch_id_branches_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_lines" ADD CONSTRAINT "money_lines_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_lines" ADD CONSTRAINT "money_lines_movement_id_stock_movements_id_fk" FOREIGN KEY ("movement_id") REFERENCES "public"."stock_movements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_branch_id_branches_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engineer_absences" ADD CONSTRAINT "engineer_absences_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engineer_certificates" ADD CONSTRAINT "engineer_certificates_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engineer_skills" ADD CONSTRAINT "engineer_skills_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engineers" ADD CONSTRAINT "engineers_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engineers" ADD CONSTRAINT "engineers_branch_id_branches_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "regions" ADD CONSTRAINT "regions_owner_branch_id_branches_id_fk" FOREIGN KEY ("owner_branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_contracts" ADD CONSTRAINT "service_contracts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "part_serials" ADD CONSTRAINT "part_serials_part_id_parts_id_fk" FOREIGN KEY ("part_id") REFERENCES "public"."parts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "part_serials" ADD CONSTRAINT "part_serials_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_balances" ADD CONSTRAINT "stock_balances_part_id_parts_id_fk" FOREIGN KEY ("part_id") REFERENCES "public"."parts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_balances" ADD CONSTRAINT "stock_balances_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_locations" ADD CONSTRAINT "stock_locations_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_locations" ADD CONSTRAINT "stock_locations_branch_id_branches_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_part_id_parts_id_fk" FOREIGN KEY ("part_id") REFERENCES "public"."parts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_from_location_id_stock_locations_id_fk" FOREIGN KEY ("from_location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_to_location_id_stock_locations_id_fk" FOREIGN KEY ("to_location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_changes" ADD CONSTRAINT "alarm_changes_alarm_id_alarm_episodes_id_fk" FOREIGN KEY ("alarm_id") REFERENCES "public"."alarm_episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD CONSTRAINT "alarm_episodes_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD CONSTRAINT "alarm_episodes_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD CONSTRAINT "alarm_episodes_signal_id_signals_id_fk" FOREIGN KEY ("signal_id") REFERENCES "public"."signals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD CONSTRAINT "alarm_episodes_failure_mode_id_failure_modes_id_fk" FOREIGN KEY ("failure_mode_id") REFERENCES "public"."failure_modes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_episodes" ADD CONSTRAINT "alarm_episodes_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_failure_mode_id_failure_modes_id_fk" FOREIGN KEY ("failure_mode_id") REFERENCES "public"."failure_modes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_reports" ADD CONSTRAINT "completion_reports_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_reports" ADD CONSTRAINT "completion_reports_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion_reports" ADD CONSTRAINT "completion_reports_failure_mode_id_failure_modes_id_fk" FOREIGN KEY ("failure_mode_id") REFERENCES "public"."failure_modes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_events" ADD CONSTRAINT "ticket_events_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_evidence" ADD CONSTRAINT "ticket_evidence_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_branch_id_branches_id_fk" FOREIGN KEY ("branch_id") REFERENCES "public"."branches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_failure_mode_id_failure_modes_id_fk" FOREIGN KEY ("failure_mode_id") REFERENCES "public"."failure_modes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_engineer_id_engineers_id_fk" FOREIGN KEY ("engineer_id") REFERENCES "public"."engineers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assets_customer_id_index" ON "assets" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "assets_site_id_index" ON "assets" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "failure_modes_model_id_index" ON "failure_modes" USING btree ("model_id");--> statement-breakpoint
CREATE INDEX "installed_parts_asset_id_index" ON "installed_parts" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "audit_log_entity_id_index" ON "audit_log" USING btree ("entity_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "money_lines_ticket_id_index" ON "money_lines" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "service_contracts_customer_id_index" ON "service_contracts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "sites_customer_id_index" ON "sites" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "part_serials_location_id_index" ON "part_serials" USING btree ("location_id");--> statement-breakpoint
CREATE INDEX "stock_movements_part_id_index" ON "stock_movements" USING btree ("part_id");--> statement-breakpoint
CREATE INDEX "stock_movements_ticket_id_index" ON "stock_movements" USING btree ("ticket_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alarm_change_once" ON "alarm_changes" USING btree ("alarm_id","at_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "alarm_episode_once" ON "alarm_episodes" USING btree ("rule_id","asset_id","raised_ms");--> statement-breakpoint
CREATE INDEX "alarm_episode_active" ON "alarm_episodes" USING btree ("asset_id") WHERE cleared_ms is null;--> statement-breakpoint
CREATE INDEX "alarm_episodes_raised_ms_index" ON "alarm_episodes" USING btree ("raised_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "rules_key_model_id_index" ON "rules" USING btree ("key","model_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rules_key_asset_id_index" ON "rules" USING btree ("key","asset_id");--> statement-breakpoint
CREATE INDEX "ticket_events_ticket_id_at_index" ON "ticket_events" USING btree ("ticket_id","at");--> statement-breakpoint
CREATE INDEX "ticket_evidence_ticket_id_index" ON "ticket_evidence" USING btree ("ticket_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_alarm_ticket" ON "tickets" USING btree ("asset_id","failure_mode_id") WHERE source = 'alarm' and state not in ('closed', 'archived', 'cancelled', 'merged');--> statement-breakpoint
CREATE INDEX "tickets_state_created_at_index" ON "tickets" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "tickets_asset_id_created_at_index" ON "tickets" USING btree ("asset_id","created_at");--> statement-breakpoint
CREATE INDEX "tickets_customer_id_index" ON "tickets" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "tickets_engineer_id_index" ON "tickets" USING btree ("engineer_id");--> statement-breakpoint
CREATE INDEX "visits_ticket_id_index" ON "visits" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "visits_engineer_id_planned_start_index" ON "visits" USING btree ("engineer_id","planned_start");