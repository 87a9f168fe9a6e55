/** The root of a URI to the object store behind it: the scheme chooses the adapter. */
import { filesystemObjectStore } from "./adapters/filesystem-object-store.js";
import { s3Client, s3ObjectStore } from "./adapters/s3-object-store.js";
import type { ObjectStore } from "./ports/object-store.js";
import type { ObjectUri } from "./uri.js";

/** Opens a store whose keys are relative to `root`; `environment` holds the S3 address and region. */
export function openStore(root: ObjectUri, environment: NodeJS.ProcessEnv): ObjectStore {
  if (root.scheme === "file") return filesystemObjectStore(`/${root.key}`);
  return s3ObjectStore(s3Client(environment), root.bucket, root.key === "" ? "" : `${root.key}/`);
}
