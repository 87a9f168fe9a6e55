/** What a run shows while it works: a bar on a terminal, a line every few seconds elsewhere. */
import { Presets, SingleBar } from "cli-progress";
import type { TaskName } from "./settings.js";

const LINE_EVERY_MS = 5_000;

export interface Progress {
  /** So many batches are to go through so many steps each. */
  begin(batches: number, stepsEach: number, documents: number): void;
  /** A step of a batch ended well; the last one of a batch brings its documents. */
  step(task: TaskName, documents: number): void;
  note(line: string): void;
  end(): void;
}

/** The one that suits the stream. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barOn(stream) : linesOn((line) => stream.write(`${line}\n`));
}

function barOn(stream: NodeJS.WriteStream): Progress {
  const format = "  {bar} {percentage}%  {documents}/{all} documents loaded  {duration_formatted}, {eta_formatted} to go";
  const bar = new SingleBar({ format, stream, hideCursor: true, linewrap: false, clearOnComplete: true }, Presets.shades_classic);
  let documents = 0;
  let isRunning = false;
  return {
    begin(batches, stepsEach, all) {
      isRunning = true;
      bar.start(batches * stepsEach, 0, { documents, all });
    },
    step(_task, loaded) {
      documents += loaded;
      bar.increment(1, { documents });
    },
    note(line) {
      stream.write(isRunning ? `\r\u001b[K${line}\n` : `${line}\n`); // over the bar, which is drawn again below
    },
    end() {
      if (isRunning) bar.stop();
      isRunning = false;
    },
  };
}

/** Lines for logs and pipes: at most one every five seconds, and one at the end. */
export function linesOn(write: (line: string) => void, clock = () => performance.now()): Progress {
  const done = new Map<TaskName, number>();
  let [batches, all, documents, last] = [0, 0, 0, clock()];
  const show = () => {
    last = clock();
    const tasks = [...done].map(([task, count]) => `${task} ${count}/${batches}`).join(", ");
    write(`  ${tasks}; ${documents} of ${all} documents loaded`);
  };
  return {
    begin(count, _stepsEach, allDocuments) {
      [batches, all] = [count, allDocuments];
      write(`  ${allDocuments} documents in ${count} batches`);
    },
    step(task, loaded) {
      done.set(task, (done.get(task) ?? 0) + 1);
      documents += loaded;
      if (clock() - last >= LINE_EVERY_MS) show();
    },
    note: write,
    end() {
      if (done.size > 0) show();
    },
  };
}
