ALTER TABLE "idempotency_keys" ALTER COLUMN "reply" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" DROP COLUMN "status";