/** One try of a transformation. A start that no end followed is a lost one. */
import { EntitySchema } from "typeorm";
import { integer, NULLABLE, PRIMARY, text, timestamp, uuid } from "./columns.js";

export type AttemptStatus = "running" | "ok" | "failed" | "lost";

export interface LineageAttempt {
  lineageId: string;
  /** 1 for the first. */
  attempt: number;
  status: AttemptStatus;
  errorCode: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

export const lineageAttemptEntity = new EntitySchema<LineageAttempt>({
  name: "LineageAttempt",
  tableName: "lineage_attempt",
  columns: {
    lineageId: uuid({ ...PRIMARY, foreignKey: { target: "Lineage", onDelete: "CASCADE" } }),
    attempt: integer(PRIMARY),
    status: text(),
    errorCode: text(NULLABLE),
    startedAt: timestamp(),
    finishedAt: timestamp(NULLABLE),
  },
  checks: [
    { name: "lineage_attempt_attempt_check", expression: "attempt >= 1" },
    { name: "lineage_attempt_status_check", expression: "status in ('running', 'ok', 'failed', 'lost')" },
  ],
});
