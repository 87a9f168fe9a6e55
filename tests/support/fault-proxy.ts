/** A small HTTP proxy in front of an S3 server that answers wrongly on demand: what a store, a network or a load balancer does on bad days. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

export type Fault =
  /** Answers with the status and the S3 error name. */
  | { readonly kind: "status"; readonly status: number; readonly name: string }
  /** Cuts the connection without an answer. */
  | { readonly kind: "reset" }
  /** Sends the headers and half of the body, then cuts the connection. */
  | { readonly kind: "truncated" }
  /** Passes the request on, and cuts the connection instead of giving the answer: the write has happened. */
  | { readonly kind: "answer-lost" }
  /** Waits so long, then answers as it should. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Never answers. */
  | { readonly kind: "silent" }
  /** Answers with something that is not S3's language. */
  | { readonly kind: "garbage" };

export interface FaultProxy {
  readonly url: string;
  /** Requests that were answered wrongly so far. */
  readonly faults: () => number;
  /** Answers wrongly what `when` picks; the first `times` of them only. */
  inject(fault: Fault, when?: (method: string, path: string) => boolean, times?: number): void;
  heal(): void;
  stop(): Promise<void>;
}

/** Starts it on a free loopback port; it is faultless until inject(). */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let fault: Fault | null = null;
  let picks: (method: string, path: string) => boolean = () => true;
  let left = 0;
  let injected = 0;
  const sockets = new Set<Socket>();
  const server = createServer((asked, answer) => {
    const isHit = fault !== null && left > 0 && picks(asked.method!, asked.url!);
    if (isHit) {
      left--;
      injected++;
    }
    void serve(target, asked, answer, isHit ? fault : null);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    faults: () => injected,
    inject(next, when = () => true, times = Number.POSITIVE_INFINITY) {
      [fault, picks, left, injected] = [next, when, times, 0];
    },
    heal() {
      fault = null;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(target: string, asked: IncomingMessage, answer: ServerResponse, fault: Fault | null): Promise<void> {
  const body = await bodyOf(asked);
  const cut = () => asked.socket.resetAndDestroy();
  if (fault?.kind === "reset") return void cut();
  if (fault?.kind === "silent") return;
  if (fault?.kind === "garbage") return void asked.socket.end("this is not HTTP\r\n\r\n");
  if (fault?.kind === "status") {
    answer.writeHead(fault.status, { "content-type": "application/xml" });
    return void answer.end(asked.method === "HEAD" ? "" : `<Error><Code>${fault.name}</Code><Message>injected</Message></Error>`);
  }
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const passed = request(target + asked.url, { method: asked.method!, headers: asked.headers });
  passed.on("error", cut);
  passed.on("response", async (given) => {
    const content = await bodyOf(given);
    if (fault?.kind === "answer-lost") return void cut();
    answer.writeHead(given.statusCode!, given.headers);
    if (fault?.kind !== "truncated") return void answer.end(content);
    answer.write(content.subarray(0, content.length >> 1), () => setTimeout(cut, 20));
  });
  passed.end(body);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
