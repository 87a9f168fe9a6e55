/** One try of a transformation, noted when its run is concluded. A start that no end followed is a lost one. */
import { EntitySchema } from "typeorm";
import { integer, NULLABLE, PRIMARY, text, timestamp, uuid } from "./columns.js";

/** What each field means stands once, as the comment of its column. */
export interface LineageAttempt {
  lineageId: string;
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
    lineageId: uuid({ ...PRIMARY, foreignKey: { target: "Lineage", onDelete: "CASCADE" }, comment: "The transformation." }),
    attempt: integer({ ...PRIMARY, comment: "1 for the first." }),
    status: text({ comment: "ok, failed or lost: a start that no end followed." }),
    errorCode: text({ ...NULLABLE, comment: "Stable code of the error that it ended with." }),
    startedAt: timestamp({ comment: "When it began." }),
    finishedAt: timestamp({ ...NULLABLE, comment: "When it ended; null where it was lost." }),
  },
  checks: [
    { name: "lineage_attempt_attempt_check", expression: "attempt >= 1" },
    { name: "lineage_attempt_status_check", expression: "status in ('ok', 'failed', 'lost')" },
  ],
});
