ALTER TABLE "ticket_evidence" DROP CONSTRAINT "ticket_evidence_alarm_id_unique";--> statement-breakpoint
DROP INDEX "ticket_evidence_ticket_id_index";--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_evidence_once" ON "ticket_evidence" USING btree ("ticket_id","alarm_id");--> statement-breakpoint
CREATE INDEX "ticket_evidence_alarm_id_index" ON "ticket_evidence" USING btree ("alarm_id");