/** One connection whose server process is watched: what a statement takes, how it is planned and what it touches. */
import { readFileSync } from "node:fs";
import pg from "pg";

export interface Taken {
  /** Of the server's process: waiting for a busy machine is not counted. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rows: number;
}

export interface Planned {
  /** Tables that are read from end to end. */
  readonly sequential: readonly string[];
  /** Blocks of 8 KB that it looked at, in memory or not. */
  readonly blocks: number;
}

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly Plan[];
}

export class Session {
  private constructor(
    private readonly client: pg.Client,
    private readonly pid: number,
  ) {}

  /** One process does all the work, so that its time is the statement's. */
  static async open(url: string): Promise<Session> {
    const client = new pg.Client({ connectionString: url, options: "-c max_parallel_workers_per_gather=0" });
    await client.connect();
    const { rows } = await client.query("select pg_backend_pid() as pid");
    return new Session(client, rows[0].pid);
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.client.query(sql, [...values])).rows;
  }

  async taken(sql: string, values: readonly unknown[] = []): Promise<Taken> {
    const [cpu, wall] = [this.cpuMs(), performance.now()];
    const { length } = await this.run(sql, values);
    return { cpuMs: this.cpuMs() - cpu, wallMs: performance.now() - wall, rows: length };
  }

  async planned(sql: string, values: readonly unknown[]): Promise<Planned> {
    const [row] = await this.run(`explain (analyze, buffers, format json) ${sql}`, values);
    const { Plan: plan } = (row!["QUERY PLAN"] as [{ Plan: Plan }])[0];
    const blocks = (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
    return { sequential: sequentialScans(plan), blocks };
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** The first figure of schedstat: nanoseconds on a processor. */
  private cpuMs(): number {
    return Number(readFileSync(`/proc/${this.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  }
}

function sequentialScans(plan: Plan): string[] {
  const own = plan["Node Type"] === "Seq Scan" ? [plan["Relation Name"] ?? "?"] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(sequentialScans)];
}
