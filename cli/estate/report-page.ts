import { type Html, html } from "section-display";
import { htmlPage } from "../report/html-page";
import { tableHead } from "../report/html-table";
import { sayCount } from "../report/say-count";
import { sayMinute } from "./estate-words";
import { figuresOf } from "./figures";
import { pageLook } from "./page-look";
import { pageScript } from "./page-script";
import { type EstateReport, type NotKnown, soonDays } from "./report";
import { clientRows, columns } from "./site-rows";

/** A number that leads to the sites it counts. */
function figure(count: number, words: string, fragment: string): Html {
    return html`<li><a href="#${fragment}"><b>${count.toLocaleString("en")}</b> ${words}</a></li>`;
}

function figures(report: EstateReport): Html {
    const { clients, sites, environments, hostnames, live, partlyLive, notLive, liveNotKnown, drifted, endingSoon } =
        figuresOf(report);
    const plain = (count: number, words: string) => html`<li><span>${sayCount(count, words)}</span></li>`;
    return html`<ul class="figures" role="list">
${plain(clients, "client")}${plain(sites, "site")}${plain(environments, "environment")}${plain(hostnames, "hostname")}
${figure(live, "live", "live=yes")}${partlyLive > 0 && figure(partlyLive, "partly live", "live=partly")}${figure(notLive, "not live", "live=no")}
${liveNotKnown > 0 && figure(liveNotKnown, "live state not known", "live=unknown")}
${drifted === undefined ? html`<li><span>drift not asked</span></li>` : figure(drifted, "drifted", "drift=1")}
${figure(endingSoon, `with a certificate under ${soonDays} days`, "cert=1")}
</ul>`;
}

function controls({ clients }: EstateReport): Html {
    return html`<div class="controls" id="controls" role="search" hidden>
<label>Search <input type="search" id="q" placeholder="site, hostname, person, version …" autocomplete="off" spellcheck="false"></label>
<label>Client <select id="client"><option value="">all</option>${clients.map(({ id, name }) => html`<option value="${id}">${name} (${id})</option>`)}</select></label>
<label>Live <select id="live"><option value="">all</option><option value="yes">live</option><option value="partly">partly live</option><option value="no">not live</option><option value="unknown">not known</option></select></label>
<label class="tick"><input type="checkbox" id="drift"> drifted</label>
<label class="tick"><input type="checkbox" id="cert"> certificate under ${soonDays} days</label>
<button type="button" id="reset" hidden>Show all</button>
<p id="count" role="status"></p>
</div>`;
}

const mostIds = 20;

function gap({ what, because, of }: NotKnown): Html {
    const rest = of.length - mostIds;
    const ids =
        of.length === 0
            ? "everything"
            : `${of.slice(0, mostIds).join(", ")}${rest > 0 ? ` and ${rest.toLocaleString("en")} more` : ""}`;
    return html`<li>${what}: ${because} <span class="quiet">(${ids})</span></li>`;
}

function section(heading: string, items: readonly Html[]): Html | false {
    return items.length > 0 && html`<h2>${heading}</h2><ul>${items}</ul>`;
}

/**
 * The estate as one self-contained page: every site, a search, filters that are part of the address, and a map of each
 * client.
 */
export function reportPage(report: EstateReport): string {
    const body = html`<h1>Estate</h1>
<p>${report.endpoint}, <time datetime="${report.at}">${sayMinute(report.at)}</time>. <span class="quiet">The address of this page contains the search and the filters, so you can share it.</span></p>
${controls(report)}
${figures(report)}
<p id="none" hidden>No site matches.</p>
<table class="estate"><caption class="unseen">Sites by client</caption>
${tableHead(columns)}
${report.clients.map(clientRows)}</table>
${section(
    "Declared, and gone with its organization",
    report.goneDrift.map((line) => html`<li>${line}</li>`),
)}
${section("What is not known, and why", report.notKnown.map(gap))}`;
    return htmlPage({ title: "Estate", body, style: pageLook, script: pageScript });
}
