/** Property names to SQL names: camelCase becomes snake_case, and constraints are called as PostgreSQL itself would call them. */
import { DefaultNamingStrategy, Table } from "typeorm";

const snakeCased = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const nameOf = (table: Table | string): string => (table instanceof Table ? table.name : table).split(".").at(-1)!;

export class SnakeCaseNaming extends DefaultNamingStrategy {
  override columnName(property: string, given: string | undefined): string {
    return given ?? snakeCased(property);
  }

  override primaryKeyName(table: Table | string): string {
    return `${nameOf(table)}_pkey`;
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return `${nameOf(table)}_${columns.map(snakeCased).join("_")}_fkey`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return `${nameOf(table)}_${columns.map(snakeCased).join("_")}_key`;
  }
}
