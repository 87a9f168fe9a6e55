import { buildReport } from "@pipeline/lineage/report/build-report";
import { dataCard } from "@pipeline/lineage/report/render/data-card";
import { reportMarkdown } from "@pipeline/lineage/report/render/markdown";
import { reportPage } from "@pipeline/lineage/report/render/page";
import type { Report } from "@pipeline/lineage/report/report-schema";
import { expect } from "chai";
import { parse } from "yaml";
import { browser, documentIn } from "../../support/browser.js";
import { reportInputs } from "./report-inputs.js";

/** Each would leave its mark on the page where it ran, or end the place where it stands. */
const PAYLOADS = [
  "<script>document.documentElement.dataset.pwned='1'</script>",
  '"><img src=x onerror="document.documentElement.dataset.pwned=\'1\'">',
  "'><svg onload=document.documentElement.dataset.pwned=1>",
  "</title></style></code><body onload=document.documentElement.dataset.pwned=1>",
  '<iframe srcdoc="<script>parent.document.documentElement.dataset.pwned=1</script>"></iframe>',
  "&lt;script&gt;\u202e\u0000\u001b[2J\u2028",
  "---\nlicense: mit\nlanguage:\n  - xx\n---\n# injected",
  "a | b |\n| c | d |\n\n![x](javascript:1) [y](http://h) `code` *bold* \\",
  '"\nlicense: mit\n#',
];

/** Words of ours alone: nothing from outside gets there. */
const CLOSED = new Set(["schema", "tokenizer", "status", "level", "partition", "startedAt", "finishedAt"]);

/** The report with every text in it, names included, exchanged for a payload. */
function poisoned(report: Report, payload: string): Report {
  const poison = (value: unknown): unknown => {
    if (typeof value === "string") return payload;
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, CLOSED.has(name) ? inner : poison(inner)]));
  };
  const named = (counts: Record<string, number>) => ({ ...counts, [payload]: 3 });
  const { languages, encodings, repairs, pii, flags, examples, values } = report;
  return {
    ...(poison(report) as Report),
    languages: named(languages),
    encodings: named(encodings),
    repairs: named(repairs),
    repairedDocuments: named(repairs),
    pii: named(pii),
    flags: named(flags),
    examples: { [payload]: Object.values(poison(examples) as Report["examples"]).flat() },
    values: { [payload]: Object.values(values)[0]! },
    documents: { ...report.documents, dropped: named(report.documents.dropped), failed: named(report.documents.failed) },
  };
}

describe("a report whose every text is hostile", () => {
  const report = buildReport(reportInputs());

  const why = browser === null ? " (skipped: no Chromium is installed)" : "";
  it(`runs no script and gains no element in a browser, even without the page's own policy${why}`, function () {
    this.timeout(120_000);
    if (browser === null) this.skip();
    // In both orders: one that got through could hide those that come after it.
    for (const payload of [PAYLOADS.join(" "), [...PAYLOADS].reverse().join(" ")]) {
      const page = reportPage(poisoned(report, payload)).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      expect(page).not.to.contain("Content-Security-Policy");
      const dom = documentIn(browser!, page);
      expect(dom)
        .to.contain("Data quality of")
        .and.not.match(/<html[^>]*data-pwned/);
      expect(dom.match(/<(script|img|iframe|body onload|svg onload)/g)).to.equal(null);
    }
    const canary = reportPage(report)
      .replace(/<meta http-equiv[^>]*>/, "")
      .replace("</main>", `${PAYLOADS[0]}</main>`);
    expect(documentIn(browser!, canary), "the browser runs what is not escaped").to.match(/<html[^>]*data-pwned/);
  });

  it("keeps its data card's front matter to what the card itself says", () => {
    for (const payload of PAYLOADS) {
      const card = dataCard(poisoned(report, payload));
      const [, matter] = /^---\n([\s\S]*?)\n---\n/.exec(card)!;
      const read = parse(matter!);
      expect(Object.keys(read)).to.have.members(Object.keys(parse(/^---\n([\s\S]*?)\n---\n/.exec(dataCard(report))![1]!)));
      expect(read).to.include({ license: "unknown", pretty_name: payload });
    }
  });

  it("starts no markup, ends no cell and acts on no terminal in Markdown", () => {
    for (const payload of PAYLOADS)
      for (const text of [
        reportMarkdown(poisoned(report, payload)),
        dataCard(poisoned(report, payload)).replace(/^---[\s\S]*?\n---\n/, ""),
      ]) {
        expect(text.replace(/\n/g, ""), payload).not.to.match(/[\p{Cc}\p{Cf}]/u);
        expect(text.replace(/`[^`\n]*`/g, ""), payload).not.to.match(/(?<!\\)<(?!\/?(details|summary)>)|(?<!\\)!?\[|^---$|^# injected/m);
        for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
          const columns = table
            .trimEnd()
            .split("\n")
            .map((line) => line.replace(/\\./g, "").match(/\|/g)!.length);
          expect(new Set(columns).size, table).to.equal(1);
        }
      }
  });
});
