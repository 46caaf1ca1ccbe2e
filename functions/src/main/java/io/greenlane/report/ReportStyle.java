package io.greenlane.report;

/** How the page looks, in light and in dark surroundings, on screen and on paper. */
final class ReportStyle {
    static final String SHEET = """
            :root { color-scheme: light dark;
              --ground: #ffffff; --raised: #f6f8fa; --text: #1f2328; --quiet: #59636e; --rule: #d1d9e0; --link: #0550ae;
              --pass: #116329; --pass-ground: #dafbe1; --warn: #7d4e00; --warn-ground: #fff8c5;
              --unsure: #4d2d8f; --unsure-ground: #f0e6ff; --fail: #a40e26; --fail-ground: #ffebe9;
              --green: #1a7f37; --blue: #0969da; --limit: #bc1c31; }
            @media (prefers-color-scheme: dark) { :root {
              --ground: #0d1117; --raised: #161b22; --text: #e6edf3; --quiet: #9da7b3; --rule: #30363d; --link: #79b8ff;
              --pass: #56d364; --pass-ground: #0f2d18; --warn: #e3b341; --warn-ground: #332701;
              --unsure: #d2a8ff; --unsure-ground: #2a1d44; --fail: #ff8f88; --fail-ground: #3c1618;
              --green: #3fb950; --blue: #58a6ff; --limit: #ff7b72; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--text);
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
            main { max-width: 1180px; margin: 0 auto; padding: 24px; }
            a { color: var(--link); }
            h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
            h1 { font-size: 2rem; margin: 0; display: flex; gap: .6rem; align-items: center; }
            h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
            h3 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
            p { margin: .5rem 0; max-width: 100ch; overflow-wrap: anywhere; }
            code { font: .875em/1.45 ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace; }
            td, th, dd, p, h1, h2, code, .told { unicode-bidi: isolate; }
            .aside, figcaption, caption, dt { color: var(--quiet); font-size: .875rem; }
            .verdict { padding: 24px; border-radius: 12px; border: 1px solid; border-left-width: 10px; }
            .verdict.pass { background: var(--pass-ground); border-color: var(--pass); }
            .verdict.warn { background: var(--warn-ground); border-color: var(--warn); }
            .verdict.unsure { background: var(--unsure-ground); border-color: var(--unsure); }
            .verdict.fail { background: var(--fail-ground); border-color: var(--fail); }
            .sentence { font-size: 1.2rem; max-width: none; margin: 1rem 0; }
            .sign { display: inline-flex; width: 1.35em; height: 1.35em; margin-right: .4em; border-radius: 50%; font-weight: 700;
              align-items: center; justify-content: center; font-size: .8em; color: var(--ground); background: var(--quiet); flex: none; }
            .sign.pass { background: var(--pass); } .sign.warn { background: var(--warn); }
            .sign.unsure { background: var(--unsure); } .sign.fail { background: var(--fail); }
            .also { margin: -.5rem 0 1rem; padding-left: 1.25rem; }
            .hooks { list-style: none; margin: 1rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
            .hooks a { display: inline-flex; align-items: center; padding: .25rem .75rem; border-radius: 2rem; background: var(--ground);
              border: 1px solid var(--rule); color: var(--text); text-decoration: none; font-size: .9rem; }
            dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: .5rem 1.5rem; margin: 1rem 0 0; }
            dd { margin: 0; font: .875rem/1.4 ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", monospace; overflow-wrap: anywhere; }
            .wide { overflow-x: auto; margin: 1rem 0; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; }
            caption { text-align: left; padding: .25rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
            thead th { background: var(--raised); font-weight: 600; white-space: nowrap; }
            tbody th { font-weight: 600; }
            .short { min-width: 8.5rem; }
            td.number, thead .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .result { white-space: nowrap; font-weight: 600; }
            tr.pass .result { color: var(--pass); } tr.warn .result { color: var(--warn); }
            tr.unsure .result { color: var(--unsure); } tr.fail .result { color: var(--fail); }
            tr.fail > * { background: var(--fail-ground); } tr.unsure > * { background: var(--unsure-ground); }
            tr.warn > * { background: var(--warn-ground); }
            .file tr.pass > * { background: var(--pass-ground); }
            .told, .note { display: block; font-weight: 400; color: var(--text); white-space: normal; }
            .note { font-size: .8rem; color: var(--quiet); }
            th.green { color: var(--green); } th.blue { color: var(--blue); }
            tr:target > * { outline: 2px solid var(--link); outline-offset: -2px; }
            .file th, .file td { padding: .1rem .6rem; border-bottom: 0; }
            .file tbody th, .file thead th:first-child { text-align: right; color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; width: 1%; }
            .file td + td { width: 99%; } .file td:nth-child(2) { white-space: nowrap; }
            .file code { white-space: pre-wrap; } .file a { text-decoration: none; }
            .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 1rem; margin: 1rem 0; }
            figure { margin: 0; padding: 12px; border: 1px solid var(--rule); border-radius: 8px; background: var(--raised); }
            svg { width: 100%; height: auto; display: block; }
            svg text { font-size: 12px; fill: var(--quiet); }
            .axis line { stroke: var(--rule); } .limit line { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 2 3; }
            svg .limit text { fill: var(--limit); font-weight: 600; }
            svg .limit text, svg .name { paint-order: stroke; stroke: var(--raised); stroke-width: 4px; stroke-linejoin: round; }
            polyline { fill: none; stroke-linejoin: round; } polyline.thick { stroke-width: 2.5; } polyline.thin { stroke-width: 1.2; }
            polyline.green, .errors.green path { stroke: var(--green); } polyline.blue, .errors.blue path { stroke: var(--blue); }
            polyline.blue { stroke-dasharray: 6 3; } circle.green { fill: var(--green); } circle.blue { fill: var(--blue); }
            .errors path { fill: none; stroke-width: 2; } svg .name.green { fill: var(--green); } svg .name.blue { fill: var(--blue); }
            @media print { main { max-width: none; padding: 0; } .wide { overflow: visible; } tr, figure { break-inside: avoid; } }
            """;

    private ReportStyle() {}
}
