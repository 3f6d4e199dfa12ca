ALTER TABLE "dead_letters" ADD COLUMN "replay_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "packed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minutes" smallint[];--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minute_counts" integer[];--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minute_minima" double precision[];--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minute_maxima" double precision[];--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minute_totals" double precision[];--> statement-breakpoint
ALTER TABLE "telemetry_chunks" ADD COLUMN "minute_qualities" smallint[];--> statement-breakpoint
ALTER TABLE "telemetry_latest" ADD COLUMN "revision" bigint NOT NULL;--> statement-breakpoint
CREATE INDEX "dead_letters_to_replay" ON "dead_letters" USING btree ("id") WHERE replay_requested_at is not null and replayed_at is null;--> statement-breakpoint
CREATE INDEX "dead_letters_received_at_index" ON "dead_letters" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "telemetry_chunks_to_pack" ON "telemetry_chunks" USING btree ("first_ms","series") WHERE not packed;