/** One try of a transformation, noted when its run is concluded. A start that no end followed is a lost one. */
import { EntitySchema } from "typeorm";
import { integer, NULLABLE, PRIMARY, text, timestamp, uuid } from "./columns.js";

export interface LineageAttempt {
  lineageId: string;
  /** 1 for the first. */
  attempt: number;
  status: "ok" | "failed" | "lost";
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
    { name: "lineage_attempt_status_check", expression: "status in ('ok', 'failed', 'lost')" },
  ],
});
