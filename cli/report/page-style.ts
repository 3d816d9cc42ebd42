/** The style of every page of a report. Colours are variables, so that light and dark differ only here. */
export const pageStyle = `
:root {
    color-scheme: light dark;
    --page: #f7f8f8; --surface: #ffffff; --sunken: #f1f3f3; --text: #1b2326; --quiet: #566166; --line: #dbe0e1; --link: #0b5f68;
    --good: #17663a; --good-back: #e3f3e8; --wait: #7a4d00; --wait-back: #fbf0d9; --bad: #a3262a; --bad-back: #fcebea;
    --code: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
    :root {
        --page: #121718; --surface: #191f21; --sunken: #202729; --text: #e4e9ea; --quiet: #a0acb0; --line: #30393c; --link: #7cc9d1;
        --good: #8ed6a6; --good-back: #16301f; --wait: #e8c078; --wait-back: #362a12; --bad: #f2a19c; --bad-back: #3a1d1e;
    }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 0.5rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; background: var(--surface); }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
code, pre { font-family: var(--code); font-size: 0.875rem; }
pre { background: var(--sunken); border: 1px solid var(--line); padding: 0.75rem; overflow-x: auto; tab-size: 4; }
.quiet { color: var(--quiet); }
.good, .wait, .bad { border-radius: 3px; padding: 0 0.3rem; }
.good { color: var(--good); background: var(--good-back); }
.wait { color: var(--wait); background: var(--wait-back); }
.bad { color: var(--bad); background: var(--bad-back); }
ins, del { text-decoration: none; display: block; }
ins { color: var(--good); background: var(--good-back); }
del { color: var(--bad); background: var(--bad-back); }
@media print { body { background: none; } main { max-width: none; padding: 0; } details > * { display: block; } details::details-content { content-visibility: visible; height: auto; } }
`;
