import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { killChain } from "../support/kill-chain.js";
import { pointsOf, runUndisturbed, type Undisturbed } from "../support/kill-plan.js";
import { runUntil, serverOf } from "../support/kills.js";
import { createDatabase, dropDatabase } from "../support/postgres.js";

const SEED = 20261127;

describe("kill -9 at any moment, and the same call again", function () {
  this.timeout(600_000);
  let folder = "";
  let undisturbed: Undisturbed;
  let [hits, lost] = [0, 0];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "kills-"));
    await chmod(folder, 0o755); // else root's server would live in a folder of its own, outside of this one
    undisturbed = await runUndisturbed(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("leaves the rows of an undisturbed run, with the database's processes among the victims", async () => {
    const variables = { ...undisturbed.variables, OUT: join(folder, "embedded") };
    const points = pointsOf(SEED, undisturbed.durationMs, ["task", "local-run", "group", "postmaster", "backend"]);
    const chain = await killChain(variables, points, undisturbed.dump);
    expect(chain.problems, JSON.stringify(points)).to.deep.equal([]);
    hits += chain.hits.length;
    lost += chain.lost;
    expect(serverOf(variables.OUT)).to.equal(null);
    const { exitCode, output } = await runUntil(variables);
    expect(output).to.contain("Nothing had changed");
    expect(exitCode).to.equal(0);
  });

  for (const seed of [SEED + 1, SEED + 2]) // a point is missed when its step is over sooner than usual: more are drawn than must be met
    it(`leaves the rows of an undisturbed run in a database of the user's own, seed ${seed}`, async () => {
      const database = await createDatabase();
      try {
        const variables = { ...undisturbed.variables, OUT: join(folder, `own-${seed}`), DATABASE_URL: database };
        const points = pointsOf(seed, undisturbed.durationMs, ["task", "task", "local-run", "group"]);
        const chain = await killChain(variables, points, undisturbed.dump);
        expect(chain.problems, JSON.stringify(points)).to.deep.equal([]);
        hits += chain.hits.length;
        lost += chain.lost;
      } finally {
        await dropDatabase(database);
      }
    });

  it("was tried at ten points or more, and cost attempts that the lineage names", () => {
    expect(hits).to.be.at.least(10);
    expect(lost).to.be.greaterThan(0);
  });
});
