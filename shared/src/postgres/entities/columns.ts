/** The column kinds that the tables are made of, as TypeORM options. */
import type { EntitySchemaColumnOptions } from "typeorm";

type Column = EntitySchemaColumnOptions;

/** A row as it is handed in: all but what the database makes itself, the columns with `insert: false`. */
export type NewRow<Row> = Omit<Row, "createdAt" | "updatedAt" | "tsv">;

const make =
  (base: Column) =>
  (more: Omit<Partial<Column>, "type"> = {}): Column => ({ ...base, ...more });

export const NULLABLE = { nullable: true } as const;
export const PRIMARY = { primary: true } as const;

export const text = make({ type: "text" });
export const uuid = make({ type: "uuid" });
export const integer = make({ type: "integer" });
export const smallint = make({ type: "smallint" });
export const number = make({ type: "double precision" });
export const boolean = make({ type: "boolean" });
export const jsonb = make({ type: "jsonb" });
export const timestamp = make({ type: "timestamptz" });

/** pg gives bigint as a string; sizes and counts stay far below 2^53. */
const asNumber = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
export const bigint = make({ type: "bigint", transformer: asNumber });

/** Set by the database when a row is made. */
export const createdAt = make({
  type: "timestamptz",
  default: () => "now()",
  update: false,
  insert: false,
  comment: "When the row was made.",
});
/** Set by the database when a row is made, and by hand wherever one is changed. */
export const updatedAt = make({
  type: "timestamptz",
  default: () => "now()",
  insert: false,
  comment: "When what the row says last changed; being met again by a run is no change.",
});
