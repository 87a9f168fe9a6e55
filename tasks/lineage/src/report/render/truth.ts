/** The run scored against what was planted in the sample: what held, what did not, and what is not yet claimed. */
import type { Report, TruthScore } from "../report-schema.js";
import { counted, number, share } from "./format.js";
import { type Html, html } from "./html.js";

export function truthSection({ truth }: Report): Html | null {
  if (truth === null) return null;
  return html`<section class="wide"><h2>Scored against the planted truth</h2><p>${truthSentence(truth)}</p>
<h3>Personal data</h3><div class="scroll">${piiTable(truth)}</div>
<h3>Features</h3><div class="scroll">${featureTable(truth)}</div></section>`;
}

/** How many of the planted features came out as planted, and how languages were told. */
export function truthSentence({ features, languages }: TruthScore): string {
  const count = (status: string): number => features.filter((feature) => feature.status === status).length;
  const [passed, failed, open] = [count("pass"), count("fail"), count("not yet covered")];
  const kinds = `${number(passed)} of ${counted(passed + failed, "kind")} of planted defects and controls came out as planted`;
  const rest = `${failed > 0 ? `, ${number(failed)} did not` : ""}; ${number(open)} are not yet covered.`;
  const told = `${number(languages.right)} of ${number(languages.told)} languages told are right, ${number(languages.files - languages.told)} of ${counted(languages.files, "file")} were left untold.`;
  return `${kinds}${rest} ${told}`;
}

/** What a reader must know first comes first. */
const ORDER = ["fail", "not yet covered", "pass"];

/** The planted features: those that fail, those that are not covered, those that pass. */
export function featuresInOrder({ features }: TruthScore): TruthScore["features"] {
  return [...features].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

function featureTable(truth: TruthScore): Html {
  const rows = featuresInOrder(truth).map(
    ({ feature, shows, status, right, files, wrong }) => html`<tr><th scope="row"><code>${feature}</code></th>
<td>${shows}${status === "fail" ? wrongFiles(wrong) : null}</td>
<td class="num">${status === "not yet covered" ? number(files) : `${number(right)} / ${number(files)}`}</td><td class="num">${statusOf(status)}</td></tr>`,
  );
  return html`<table class="lines"><caption>Planted features</caption><thead><tr><th>Feature</th><th>Shows that</th><th class="num">Right</th><th class="num">Status</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function wrongFiles(wrong: TruthScore["features"][number]["wrong"]): Html {
  return html`<ul class="wrong">${wrong.map(({ path, why }) => html`<li class="break"><code>${path}</code> ${why}</li>`)}</ul>`;
}

function statusOf(status: TruthScore["features"][number]["status"]): Html {
  if (status === "not yet covered") return html`<span class="soft">not yet covered</span>`;
  return status === "pass" ? html`<span class="pass">✓ pass</span>` : html`<span class="fail">✗ fail</span>`;
}

function piiTable({ pii }: TruthScore): Html {
  const rows = pii.map(
    ({
      type,
      status,
      planted,
      precision,
      recall,
    }) => html`<tr><th scope="row"><code>${type}</code></th><td class="num">${number(planted)}</td>
${status === "measured" ? html`<td class="num">${share(precision)}</td><td class="num">${share(recall)}</td>` : html`<td class="num soft">not yet covered</td><td></td>`}</tr>`,
  );
  return html`<table class="lines"><caption>Personal data: precision and recall</caption><thead><tr><th>Personal data</th><th class="num">Planted</th><th class="num">Precision</th><th class="num">Recall</th></tr></thead><tbody>${rows}</tbody></table>`;
}
