import { PipelineError } from "@pipeline/shared/errors";
import { type DatabaseError, databaseError, isRefusedRow } from "@pipeline/shared/postgres/sql-errors";
import { expect } from "chai";

const SENTINEL = "sentinel 4111 1111 1111 1111";
const foreign = (message: string, more: object): Error => Object.assign(new Error(message), more);

describe("databaseError(error, doing)", () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ["deadlock detected", { code: "40P01" }, "75 unavailable"],
    ["canceling statement due to statement timeout", { code: "57014" }, "75 unavailable"],
    ["Connection terminated unexpectedly", {}, "75 unavailable"],
    ["timeout exceeded when trying to connect", {}, "75 unavailable"],
    ["connect ECONNREFUSED", { code: "ECONNREFUSED" }, "75 unavailable"],
    ["password authentication failed", { code: "28P01" }, "78 refused"],
    ["permission denied for table chunk", { code: "42501" }, "78 refused"],
  ];
  for (const [message, more, expected] of cases) {
    it(`decides that "${message}" ends with ${expected}`, () => {
      const { exitCode, code } = databaseError(foreign(message, more), "loading") as PipelineError;
      expect(`${exitCode} ${code}`).to.equal(expected);
    });
  }

  it("keeps of a refused row the SQLSTATE and the constraint, and nothing that was in it", () => {
    const details = { detail: `Failing row contains (${SENTINEL})`, parameters: [SENTINEL], query: SENTINEL, where: SENTINEL };
    const raw = foreign(SENTINEL, { ...details, code: "23514", constraint: "chunk_text_check", table: "chunk" });
    const error = databaseError(raw, "loading") as DatabaseError;
    expect(isRefusedRow(error)).to.equal(true);
    expect(error.message).to.equal("loading: SQLSTATE 23514 (chunk_text_check)");
    const spoken = [error.stack, error.cause, ...Object.getOwnPropertyNames(error).map((name) => JSON.stringify(Reflect.get(error, name)))];
    expect(spoken.join("\n")).not.to.contain(SENTINEL);
  });

  it("leaves our own errors, and errors that are none of the database's, as they are", () => {
    const bug = new TypeError("x is not a function");
    const own = new PipelineError("stopped", 75, "stopped");
    expect([databaseError(bug, "loading"), databaseError(own, "loading")]).to.deep.equal([bug, own]);
  });
});
