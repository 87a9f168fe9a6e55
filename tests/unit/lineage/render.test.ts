import { buildReport } from "@pipeline/lineage/report/build-report";
import { dataCard } from "@pipeline/lineage/report/render/data-card";
import { duration, percent } from "@pipeline/lineage/report/render/format";
import { html } from "@pipeline/lineage/report/render/html";
import { reportMarkdown } from "@pipeline/lineage/report/render/markdown";
import { reportPage } from "@pipeline/lineage/report/render/page";
import { expect } from "chai";
import { parse } from "yaml";
import { reportInputs } from "./report-inputs.js";

const HOSTILE = `"><img src=x onerror=alert(1)>\u001b[31m\u202e|\n# x`;
const { run, examples } = reportInputs();
const hostile = buildReport(
  reportInputs({
    run: { ...run, dataset: HOSTILE, source: HOSTILE },
    examples: [{ ...examples[0]!, reason: HOSTILE, path: HOSTILE, shape: HOSTILE, value: HOSTILE }],
    imbalances: [HOSTILE],
  }),
);

describe("html`…`", () => {
  it("escapes text and passes markup of its own", () => {
    expect(html`<p>${"<b> & 'c'"}${[html`<i>${1}</i>`, null]}</p>`.markup).to.equal("<p>&lt;b&gt; &amp; &#39;c&#39;<i>1</i></p>");
  });
});

describe("percent(part, whole)", () => {
  it("never shows something as nothing or a gap as whole", () => {
    expect([percent(1, 5000), percent(4999, 5000), percent(0, 5), percent(5, 5), percent(1, 3)]).to.deep.equal([
      "< 0.1 %",
      "> 99.9 %",
      "0 %",
      "100 %",
      "33.3 %",
    ]);
  });
});

describe("duration(seconds)", () => {
  it("never fills a unit up to the next one", () => {
    const seconds = [0, 12.34, 59.94, 59.97, 75.2, 119.7, 3599.6, 5400];
    expect(seconds.map(duration)).to.deep.equal([
      "0 s",
      "12.3 s",
      "59.9 s",
      "1 min 0 s",
      "1 min 15 s",
      "2 min 0 s",
      "1 h 0 min",
      "1 h 30 min",
    ]);
  });
});

describe("reportPage(report)", () => {
  const page = reportPage(hostile);

  it("loads nothing and runs nothing", () => {
    expect(page).to.contain("default-src &#39;none&#39;");
    const tags = page.match(/<[^>]*>/g)!.join("");
    expect(tags).to.not.match(/<script|<img|<link|\son\w+=|\sstyle=|href=/i);
    expect(page).to.not.contain("url(");
  });

  it("lets nothing from outside act on the page", () => {
    expect(page).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/);
  });

  it("closes every element that it opens", () => {
    const open: string[] = [];
    for (const [, closing, name, rest] of page.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
      if (["meta", "br"].includes(name!) || rest!.endsWith("/")) continue;
      if (closing) expect(open.pop()).to.equal(name);
      else open.push(name!);
    }
    expect(open).to.deep.equal([]);
  });

  it("is drawn for an empty run too", () => {
    const empty = buildReport(reportInputs({ batches: [], manifests: [], examples: [], truth: null }));
    expect(reportPage(empty)).to.contain("Nothing came in");
  });
});

describe("reportMarkdown(report)", () => {
  it("keeps hostile names inside their cells", () => {
    const lines = reportMarkdown(hostile).split("\n");
    expect(lines.filter((line) => line.includes("<img") && !line.includes("\\<img"))).to.deep.equal([]);
    expect(lines).to.not.include("# x");
  });
});

describe("dataCard(report)", () => {
  it("opens with front matter that is YAML, languages as text", () => {
    const [, front] = dataCard(hostile).split(/^---$/m);
    const card = parse(front!) as { language: string[]; size_categories: string[]; pretty_name: string };
    expect(card.language).to.include.members(["en", "fa"]).and.not.include("und");
    expect(card.size_categories).to.deep.equal(["1K<n<10K"]);
  });
});
