ALTER TABLE "completion_reports" DROP CONSTRAINT "completion_reports_visit_id_unique";--> statement-breakpoint
ALTER TABLE "money_lines" ADD COLUMN "visit_id" uuid;--> statement-breakpoint
ALTER TABLE "money_lines" ADD COLUMN "reverses_id" uuid;--> statement-breakpoint
ALTER TABLE "money_lines" ADD CONSTRAINT "money_lines_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_lines" ADD CONSTRAINT "money_lines_reverses_id_unique" UNIQUE("reverses_id");