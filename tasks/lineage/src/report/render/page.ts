/** The report as one HTML page: no script, no request, nothing but text and SVG, so that it can be mailed and opened anywhere. */
import { createHash } from "node:crypto";
import type { Report } from "../report-schema.js";
import { details } from "./details.js";
import { headline } from "./headline.js";
import { Html, html } from "./html.js";
import { measures } from "./measures.js";
import { outcome } from "./outcome.js";
import { STYLE } from "./style.js";
import { truthSection } from "./truth.js";

/** Only this style sheet, by its hash: markup that slipped through the escaping could neither run nor load anything. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** report.html. Pure: the same report gives the same page. */
export function reportPage(report: Report): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Data quality of ${report.dataset}</title>
<style>${new Html(STYLE)}</style>
</head>
<body><main>
${headline(report)}
${outcome(report)}
${measures(report)}
${truthSection(report)}
${details(report)}
<footer>Made from the manifests of run ${report.runId}; the same figures as data are in report.json.</footer>
</main></body>
</html>
`;
  return page.markup;
}
