/** Rows to the lines of a table for a terminal. */

const MOST_CHARACTERS = 60; // of a cell: a chunk's text would fill the screen

/** A head, a rule, a line per row, and how many rows there are. */
export function tableOf(names: readonly string[], rows: readonly (readonly unknown[])[]): string[] {
  const cells = [names, ...rows].map((row) => row.map(cellOf));
  const widths = names.map((_, column) => Math.max(...cells.map((row) => [...row[column]!].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(widths[column]! - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [lines[0]!, rule, ...lines.slice(1), `(${rows.length} ${rows.length === 1 ? "row" : "rows"})`];
}

function cellOf(value: unknown): string {
  const text =
    value === null ? "" : value instanceof Date ? value.toISOString() : typeof value === "object" ? JSON.stringify(value) : String(value);
  const characters = [...text.replace(/\s/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "·")];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…` : characters.join("");
}
