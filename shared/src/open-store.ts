/** The root of a URI to the object store behind it: the scheme chooses the adapter. */
import { filesystemObjectStore } from "./adapters/filesystem-object-store.js";
import type { ObjectStore } from "./ports/object-store.js";
import type { ObjectUri } from "./uri.js";

/** Opens a store whose keys are relative to `root`; `environment` holds the S3 address and region. */
export async function openStore(root: ObjectUri, environment: NodeJS.ProcessEnv): Promise<ObjectStore> {
  if (root.scheme === "file") return filesystemObjectStore(`/${root.key}`);
  // Loaded only where it is used: the SDK is half of the time that a program takes to start.
  const { s3Client, s3ObjectStore } = await import("./adapters/s3-object-store.js");
  return s3ObjectStore(s3Client(environment), root.bucket, root.key === "" ? "" : `${root.key}/`);
}
