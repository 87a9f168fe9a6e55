/** Every documented query in every case: planned, and timed at first sight and when everything is in memory. */
import { QUERIES } from "@pipeline/shared/postgres/queries";
import { SEARCH } from "@pipeline/shared/postgres/views/search";
import type { Trial } from "../../support/proof.js";
import type { Case } from "./cases.js";
import type { Session } from "./session.js";

const LARGE = ["chunk", "document", "rejection"];
const MOST_MS = 200;
const MOST_SEARCH_MS = 100;
const WARM_RUNS = 2;

export interface Timed extends Case {
  readonly rows: number;
  readonly blocks: number;
  readonly sequential: readonly string[];
  /** The first time after the server was started: nothing in its own memory. */
  readonly coldCpuMs: number;
  readonly coldWallMs: number;
  /** The best of several. */
  readonly warmCpuMs: number;
  readonly warmWallMs: number;
}

const sqlOf = (name: string): string => QUERIES.find((query) => query.name === name)!.sql;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** `restarted` opens a session to a server that has just been started. */
export async function timeCases(cases: readonly Case[], restarted: () => Promise<Session>): Promise<Timed[]> {
  const session = await restarted();
  const timed: Timed[] = [];
  for (const one of cases) {
    const sql = sqlOf(one.query);
    const cold = await session.taken(sql, one.values);
    const warm = [cold];
    for (let run = 0; run < WARM_RUNS; run++) warm.push(await session.taken(sql, one.values));
    const least = (of: "cpuMs" | "wallMs") => rounded(Math.min(...warm.map((taken) => taken[of])));
    const times = {
      coldCpuMs: rounded(cold.cpuMs),
      coldWallMs: rounded(cold.wallMs),
      warmCpuMs: least("cpuMs"),
      warmWallMs: least("wallMs"),
    };
    timed.push({ ...one, rows: cold.rows, ...(await planOf(session, one)), ...times });
    console.log(`${one.query}: ${one.about}: ${times.coldCpuMs} ms, then ${times.warmCpuMs} ms`);
  }
  await session.close();
  return timed;
}

/** A function hides its plan: what it does is explained in its place, planned as it has it planned. */
async function planOf(session: Session, { query, values }: Case): Promise<Pick<Timed, "blocks" | "sequential">> {
  if (query !== "search") return session.planned(sqlOf(query), values);
  await session.run("set enable_seqscan = off");
  const plan = await session.planned(SEARCH.replaceAll("$3", "$3::regconfig"), values);
  await session.run("reset enable_seqscan");
  return plan;
}

export function speedTrials(timed: readonly Timed[]): Trial[] {
  const large = ({ sequential }: Timed) => sequential.every((table) => !LARGE.includes(table));
  const limitOf = ({ query }: Timed) => (query === "search" ? MOST_SEARCH_MS : MOST_MS);
  const within = (of: "coldCpuMs" | "warmCpuMs") => (one: Timed) => one[of] < limitOf(one);
  const isSearch = ({ query }: Timed) => query === "search";
  const slowest = (some: readonly Timed[], of: "coldCpuMs" | "warmCpuMs"): string => {
    const worst = some.reduce((a, b) => (a[of] > b[of] ? a : b));
    return `slowest ${worst[of]} ms: ${worst.query}, ${worst.about}`;
  };
  const trial = (tried: string, some: readonly Timed[], holds: (one: Timed) => boolean, outcome: string): Trial => {
    return { tried, times: some.length, held: some.filter(holds).length, outcome };
  };
  const timesOf = (what: string, some: readonly Timed[], limit: number): Trial[] => [
    trial(`${what}, in memory`, some, within("warmCpuMs"), `under ${limit} ms of processor time; ${slowest(some, "warmCpuMs")}`),
    trial(`${what}, the first after a restart`, some, within("coldCpuMs"), `under ${limit} ms; ${slowest(some, "coldCpuMs")}`),
  ];
  const [searches, others] = [timed.filter(isSearch), timed.filter((one) => !isSearch(one))];
  return [
    trial("documented queries, planned", timed, large, "no sequential scan of chunk, document or rejection"),
    ...(searches.length > 0 ? timesOf("searches", searches, MOST_SEARCH_MS) : []),
    ...timesOf("other queries", others, MOST_MS),
  ];
}
