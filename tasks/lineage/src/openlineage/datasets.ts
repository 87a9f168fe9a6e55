/** Objects and tables to OpenLineage's names for them. */
import { parseUri } from "@pipeline/shared/uri";

export interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/** s3://bucket/key is `key` in `s3://bucket`; a file is its path in `file`. */
export function datasetOf(uri: string): DatasetName {
  const { scheme, bucket, key } = parseUri(uri);
  return scheme === "s3" ? { namespace: `s3://${bucket}`, name: key || "/" } : { namespace: "file", name: `/${key}` };
}

/** A table of the database behind an address; of the address only host, port and database's name are used. */
export function tableOf(databaseUrl: string, table: string): DatasetName {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const database = decodeURIComponent(pathname.slice(1)) || "postgres";
  return { namespace: `postgres://${hostname}:${port || 5432}`, name: `${database}.public.${table}` };
}
