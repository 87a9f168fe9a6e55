/** Keeps the database of a local run up, for whoever wants to look at it with their own tools. */
import { once } from "node:events";
import { openExistingDatabase } from "./local-run/existing-database.js";
import { reported } from "./reported.js";

await reported(async () => {
  const database = await openExistingDatabase(process.env);
  console.log(`${database.about}\n${database.url}\nCtrl-C ends it.`);
  const awake = setInterval(() => undefined, 60_000); // the server's connection does not keep the process alive
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  clearInterval(awake);
  await database.close();
  return 0;
});
