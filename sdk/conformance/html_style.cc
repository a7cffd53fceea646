// The look of report.html: light and dark by the system's choice, one column that fits a phone,
// and ink on white when printed. The two radio buttons at the top choose the language.

#include "sdk/conformance/html_style.h"

namespace kiosk::conformance {

std::string_view htmlStyle() {
  return R"css(
:root {
  color-scheme: light dark;
  --ground: #f7f7f5; --paper: #fff; --ink: #191b1f; --ink-2: #565a62; --line: #dfdfda;
  --pass: #0a6238; --pass-soft: #e3f3e9; --gap: #744600; --gap-soft: #fbeed6;
  --fail: #a91429; --fail-soft: #fde9ec; --link: #1d4fa8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #121315; --paper: #1a1c1f; --ink: #ececea; --ink-2: #abafb6; --line: #32353a;
    --pass: #74d3a2; --pass-soft: #14301f; --gap: #eebb66; --gap-soft: #342810;
    --fail: #ff9aa5; --fail-soft: #421c23; --link: #9dbdff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans",
    sans-serif;
}
main {
  display: flex; flex-wrap: wrap; align-items: center; max-width: 56rem; margin: 0 auto;
  padding: 1.5rem 1.25rem 4rem;
}
header, section, footer { flex: 0 0 100%; min-width: 0; }
h1, h2, h3, p, dl, dd, ul, ol { margin: 0; padding: 0; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 3rem 0 1rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; }
h3 { font-size: 1rem; line-height: 1.45; }
a { color: var(--link); text-underline-offset: 0.15em; }
code { font: 0.875em/1.5 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; }
bdi { white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

#in-english:checked ~ * [lang="ru"], #in-russian:checked ~ * [lang="en"] { display: none; }
input { position: absolute; opacity: 0; }
label {
  padding: 0.25rem 0.75rem; border: 1px solid var(--line); color: var(--ink-2);
  background: var(--paper); font-size: 0.875rem; cursor: pointer;
}
#in-english + label { border-radius: 0.5rem 0 0 0.5rem; }
#in-russian + label { border-radius: 0 0.5rem 0.5rem 0; }
input:checked + label { background: var(--ink); border-color: var(--ink); color: var(--paper); }
input:focus-visible + label { outline: 2px solid var(--link); outline-offset: 2px; }

.kicker { order: -1; flex: 1; color: var(--ink-2); font-size: 0.875rem; }
.verdict { margin-top: 1.25rem; padding: 1.75rem; border-radius: 0.75rem; }
.verdict.pass { background: var(--pass-soft); }
.verdict.gap { background: var(--gap-soft); }
.verdict.fail { background: var(--fail-soft); }
.verdict.pass h1 { color: var(--pass); }
.verdict.gap h1 { color: var(--gap); }
.verdict.fail h1 { color: var(--fail); }
.verdict p { margin-top: 0.75rem; max-width: 42rem; }
.verdict ul { margin-top: 0.25rem; padding-left: 1.25rem; max-width: 42rem; }
.verdict .left { font-weight: 600; }

dl { display: grid; gap: 0.75rem 2rem; }
.facts { margin-top: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.facts .wide { grid-column: 1 / -1; }
dt { color: var(--ink-2); font-size: 0.8125rem; }
dd { overflow-wrap: anywhere; }
dd p { color: var(--ink-2); font-size: 0.875rem; }

table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.5rem 0 0.5rem 1rem; border-bottom: 1px solid var(--line); }
th { text-align: left; font-weight: 400; }
thead th { color: var(--ink-2); font-size: 0.8125rem; vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; }
td, th.figure { text-align: right; }
td.zero { color: var(--ink-2); }
td.fail { color: var(--fail); font-weight: 600; }
td.gap { color: var(--gap); font-weight: 600; }
td, th.figure { width: 6rem; }
tbody td, tbody th { padding-top: 0.375rem; padding-bottom: 0.375rem; }
.level { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.level b { font-weight: 600; }
.level > span:nth-child(2) { flex: 1 1 14rem; }

.mark { padding: 0.0625rem 0.5rem; border-radius: 1rem; font-size: 0.8125rem; white-space: nowrap; }
.mark.pass { background: var(--pass-soft); color: var(--pass); }
.mark.gap { background: var(--gap-soft); color: var(--gap); }
.mark.fail { background: var(--fail-soft); color: var(--fail); }
.mark.none { background: none; color: var(--ink-2); padding: 0; white-space: normal; }
.mark.pass::before { content: "✓ " / ""; }
.mark.fail::before { content: "✕ " / ""; }
.mark.gap::before { content: "! " / ""; }

article {
  margin-top: 1rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 0.75rem;
  border-left-width: 4px; background: var(--paper); overflow: clip;
}
article.fail { border-left-color: var(--fail); }
article.gap { border-left-color: var(--gap); }
article h3 code { margin-right: 0.25rem; }
article dl { margin-top: 0.75rem; }
.where { color: var(--ink-2); font-size: 0.875rem; }
.course { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
.course > span, .course > code { font-size: 0.8125rem; color: var(--ink-2); }
article .course { margin-top: 0.75rem; }
.findings { margin-top: 0.375rem; padding-left: 1.25rem; }

h2 + .where { margin: -0.75rem 0 1rem; }
details { border-bottom: 1px solid var(--line); }
details:first-of-type { border-top: 1px solid var(--line); }
summary { padding: 0.75rem 0; cursor: pointer; }
summary .count { margin: 0 0.5rem; color: var(--ink-2); font-size: 0.875rem; }
ol { padding: 0 0 1rem; list-style: none; }
li { overflow-wrap: anywhere; }
ol li {
  display: flex; align-items: baseline; gap: 1rem; padding: 0.625rem 0;
  border-top: 1px solid var(--line);
}
ol li > code { flex: 0 0 6.5rem; color: var(--ink-2); }
ol li > div { flex: 1; min-width: 0; overflow: clip; }

footer {
  margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--ink-2);
  font-size: 0.875rem;
}
footer p { margin-top: 0.5rem; max-width: 42rem; }

@media (max-width: 40rem) {
  main { padding: 1rem 1rem 3rem; }
  .verdict { padding: 1.25rem; }
  th, td { padding-left: 0.5rem; }
  td, th.figure { width: 4rem; }
  .cases { display: none; }
  .level > span:nth-child(2) { flex-basis: 5rem; }
  ol li { flex-direction: column; align-items: stretch; gap: 0.125rem; }
  ol li > code { flex-basis: auto; }
}
@media print {
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  input, label { display: none; }
  .verdict { border: 1px solid var(--line); }
  article, tr, ol li { break-inside: avoid; }
  h2, summary { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
)css";
}

}  // namespace kiosk::conformance
