/** An OpenLineage server that keeps nothing: it prints each event that it is sent as one line. */
import { createServer } from "node:http";

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const isEvent = request.method === "POST" && request.url === "/api/v1/lineage";
  if (isEvent) console.log(JSON.stringify(JSON.parse(body)));
  response.writeHead(isEvent ? 201 : 404).end();
}).listen(5000);
