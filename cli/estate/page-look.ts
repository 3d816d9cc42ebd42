/** The style of the overview beside that of every page. Below 48rem rows become blocks, each cell with its heading. */
export const pageLook = `
main { max-width: 96rem; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.figures { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; margin: 0.25rem 0 1rem; padding: 0; }
.figures > li > * { display: block; padding: 0.3rem 0.7rem; border: 1px solid var(--line); border-radius: 4px; background: var(--surface); color: inherit; text-decoration: none; }
.figures a:hover { border-color: var(--link); }
.figures b { font-variant-numeric: tabular-nums; }
.controls { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; padding: 0.6rem 0; background: var(--page); }
.controls input[type="search"], .controls select, .controls button { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--quiet); border-radius: 4px; padding: 0.35rem 0.5rem; }
.controls input[type="search"] { width: 22rem; max-width: 100%; }
.controls select { max-width: 14rem; }
.controls p { margin: 0; }
th, td { overflow-wrap: anywhere; font-size: 0.9rem; min-width: 0; }
table, thead, tbody { display: block; }
thead tr, .site { display: grid; grid-template-columns: minmax(0, 19fr) minmax(0, 12fr) minmax(0, 10fr) minmax(0, 26fr) minmax(0, 13fr) minmax(0, 20fr); }
.site tr { display: contents; }
.site { content-visibility: auto; contain-intrinsic-size: auto 6rem; }
.client tr, .client th { display: block; }
.site th { grid-column: 1; grid-row: 1 / span 99; }
.site tr:first-child td:nth-child(2) { grid-column: 2; grid-row: 1 / span 99; }
.site tr:first-child td:nth-child(3), .site tr + tr td:nth-child(1) { grid-column: 3; }
.site tr:first-child td:nth-child(4), .site tr + tr td:nth-child(2) { grid-column: 4; }
.site tr:first-child td:nth-child(5), .site tr + tr td:nth-child(3) { grid-column: 5; }
.site tr:first-child td:nth-child(6), .site tr + tr td:nth-child(4) { grid-column: 6; }
.site tr + tr td.lines { grid-column: 3 / 7; }
.client th div { font-weight: normal; }
.site tr:first-child td:nth-child(3):last-child { grid-column: 3 / 7; }
tbody th { color: inherit; font-weight: inherit; }
tbody ul, tbody ol { list-style: none; margin: 0; padding: 0; }
.site .good, .site .wait, .site .bad { white-space: nowrap; }
td li + li { margin-top: 0.15rem; }
.client h2 { display: inline; margin: 0 0.5rem 0 0; font-size: 1.1rem; }
.client h2 span { font-size: 0.85rem; font-weight: normal; }
.client th { padding-top: 1.4rem; background: var(--page); border-bottom: 2px solid var(--line); }
.site th a { font-weight: 600; }
.site th > span { font-size: 0.8rem; white-space: nowrap; }
.map { display: inline; }
.map[open] { display: block; }
.map summary { display: inline-block; cursor: pointer; color: var(--link); font-size: 0.85rem; }
.map summary::before { content: "\\25B8\\00A0"; }
.map[open] summary::before { content: "\\25BE\\00A0"; }
.tree { padding: 0.75rem 0 !important; overflow-x: auto; }
.tree i { font-style: normal; font-size: 0.75rem; }
.tree li { position: relative; display: flex; align-items: flex-start; padding: 0.15rem 0 0.15rem 1rem; }
.tree > li { padding-left: 0; }
.tree ul { position: relative; padding-left: 1rem; }
.tree .node { flex: none; max-width: 20rem; padding: 0.1rem 0.5rem; border: 1px solid var(--line); border-radius: 4px; background: var(--surface); font-size: 0.85rem; }
.tree ul::before { content: ""; position: absolute; left: 0; top: 1rem; width: 1rem; border-top: 1px solid var(--quiet); }
.tree ul > li::before { content: ""; position: absolute; left: 0; top: 1rem; width: 1rem; border-top: 1px solid var(--quiet); }
.tree ul > li::after { content: ""; position: absolute; left: 0; top: 0; bottom: 0; border-left: 1px solid var(--quiet); }
.tree ul > li:first-child::after { top: 1rem; }
.tree ul > li:last-child::after { bottom: auto; height: 1rem; }
.tree ul > li:only-child::after { display: none; }
@media (max-width: 48rem) {
    main { padding: 1rem 0.75rem; }
    .figures { gap: 0.3rem; font-size: 0.85rem; }
    .figures > li > * { padding: 0.2rem 0.5rem; }
    .controls { position: static; }
    .controls input[type="search"], .controls label { width: 100%; }
    .controls label:has(select) { width: calc(50% - 0.5rem); }
    .controls select { width: 100%; max-width: none; }
    .controls label.tick { width: auto; }
    .filtered .figures { display: none; }
    .site, .site tr, .site th, .site td { display: block; }
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .site { border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
    .site th, .site td { border: 0; padding: 0.15rem 0.5rem; }
    .site tr + tr { margin-top: 0.5rem; }
    .site td { position: relative; padding-left: 7rem; }
    .site td::before { position: absolute; left: 0.5rem; color: var(--quiet); }
    .site tr:first-child td:nth-child(2)::before { content: "Drift"; }
    .site tr:first-child td:nth-child(3)::before, .site tr + tr td:nth-child(1)::before { content: "Environment"; }
    .site tr + tr td.lines::before { content: "Differs"; }
    .site tr:first-child td:nth-child(4)::before, .site tr + tr td:nth-child(2)::before { content: "Hostnames"; }
    .site tr:first-child td:nth-child(5)::before, .site tr + tr td:nth-child(3)::before { content: "Proxies"; }
    .site tr:first-child td:nth-child(6)::before, .site tr + tr td:nth-child(4)::before { content: "Last change"; }
    .tree li { flex-direction: column; }
    .tree ul { margin-left: 0.5rem; padding-left: 0; }
    .tree ul::before { display: none; }
    .tree .node { max-width: 100%; }
    .tree ul > li::after { top: 0 !important; }
    .tree ul > li:only-child::after { display: block; }
}
@media print { .controls, .map { display: none; } }
`;
