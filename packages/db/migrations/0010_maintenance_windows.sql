CREATE TABLE "maintenance_windows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"asset_id" uuid NOT NULL,
	"from_ms" bigint NOT NULL,
	"to_ms" bigint NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	CONSTRAINT "maintenance_windows_rise" CHECK ("maintenance_windows"."to_ms" > "maintenance_windows"."from_ms")
);
--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "running_states" integer[] DEFAULT '{1,2}' NOT NULL;--> statement-breakpoint
ALTER TABLE "maintenance_windows" ADD CONSTRAINT "maintenance_windows_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "maintenance_windows_asset_id_to_ms_index" ON "maintenance_windows" USING btree ("asset_id","to_ms");