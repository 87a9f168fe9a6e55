/** The report's style sheet: one column on a phone, cards on a screen, light or dark as the reader's system is. */

export const STYLE = `
:root { color-scheme: light dark; --page: #f6f6f3; --card: #fff; --ink: #1d2027; --soft: #5d6470; --line: #e3e3dd; --bar: #2f6f8f; --pale: #dfe6ea;
  --lost: #c9782c; --failed: #b3372f; --muted: #98a0aa; --good: #23744a; --good-page: #e3f1e8; --bad-page: #fbe7e4; --limit: #b3372f; }
@media (prefers-color-scheme: dark) { :root { --page: #14161a; --card: #1d2026; --ink: #eceef1; --soft: #a3abb7; --line: #31353d; --bar: #6db3d3;
  --pale: #313a42; --lost: #e5a25c; --failed: #ee8379; --muted: #78818d; --good: #7fd1a0; --good-page: #1d3327; --bad-page: #40211f; --limit: #ee8379; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.05rem; font-weight: 600; margin: 0; color: var(--soft); }
h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
h3 { font-size: .95rem; margin: 1.25rem 0 .5rem; }
p { margin: 0 0 .75rem; }
.lead { font-size: 1.55rem; line-height: 1.35; font-weight: 600; margin: .75rem 0 1.5rem; max-width: 52rem; text-wrap: pretty; }
.top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; }
.badge { font-weight: 600; font-size: .9rem; padding: .25rem .75rem; border-radius: 99rem; background: var(--good-page); color: var(--good); }
.badge.bad { background: var(--bad-page); color: var(--failed); }
.alert { background: var(--bad-page); border-left: 4px solid var(--failed); padding: 1rem 1.25rem; border-radius: .5rem; margin: 0 0 1.5rem; }
.alert ul { margin: .5rem 0 0; padding-left: 1.2rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 1rem; margin: 0 0 1rem; }
.tile, section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.tile { padding: .9rem 1.1rem; }
.tile dt { color: var(--soft); font-size: .85rem; }
.tile dd { margin: 0; }
.tile .value { font-size: 1.7rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile .note { color: var(--soft); font-size: .85rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1rem; margin: 0 0 1rem; }
section { padding: 1.25rem; min-width: 0; }
section.wide { margin: 0 0 1rem; }
.hint { color: var(--soft); font-size: .88rem; margin: -.4rem 0 .75rem; }
.none { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { text-align: left; font-weight: 500; }
thead th { color: var(--soft); font-size: .82rem; border-bottom: 1px solid var(--line); }
th, td { padding: .32rem .75rem .32rem 0; vertical-align: top; }
.lines tbody tr + tr > * { border-top: 1px solid var(--line); }
.num { text-align: right; white-space: nowrap; }
thead .num { text-align: right; }
.lines td:last-child, .lines th:last-child { padding-right: 0; }
.soft { color: var(--soft); }
.strong { font-weight: 650; }
.scroll { overflow-x: auto; }
.bars th { width: 1%; white-space: nowrap; padding-right: .9rem; }
.bars td, .bars th { vertical-align: middle; }
.bars .num { width: 1%; padding-left: .6rem; }
.funnel .note { width: 34%; padding-left: 1rem; }
.funnel th { font-weight: 600; }
svg { display: block; overflow: visible; }
.bar { fill: var(--bar); } .bar.lost { fill: var(--lost); } .bar.failed { fill: var(--failed); } .bar.muted { fill: var(--muted); }
.lost-part { fill: var(--pale); }
.axis { stroke: var(--line); } .tick { fill: var(--soft); font-size: 12px; }
.mark { stroke: var(--soft); stroke-dasharray: 4 3; } .mark.limit { stroke: var(--limit); stroke-width: 2; }
.mark-text { fill: var(--soft); font-size: 12px; } .mark-text.limit { fill: var(--limit); font-weight: 600; }
code, .mono { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .86em; }
.shape { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.break { overflow-wrap: anywhere; }
.wrong { margin: .25rem 0; padding-left: 1.1rem; color: var(--soft); }
.pass { color: var(--good); font-weight: 600; } .fail { color: var(--failed); font-weight: 600; }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--bar); outline-offset: 2px; }
footer { color: var(--soft); font-size: .85rem; margin-top: 2rem; }
@media (max-width: 40rem) { main { padding: 1.25rem .75rem 3rem; } .lead { font-size: 1.25rem; } .funnel .note { display: none; } section { padding: 1rem; } }
@media print { body { background: #fff; } section, .tile { break-inside: avoid; } }
`;
