import assert from "node:assert/strict";
import { html } from "../../../display/html";
import {
    count,
    holderLine,
    holderNote,
    hostnameText,
    liveBadge,
    liveCount,
    moment,
    shortId,
    size,
    subjectOf,
} from "../../../platform/page/shown-values";

describe("figures", () => {
    it("say when, for people and machines", () => {
        assert.equal(
            moment(new Date("2026-01-02T03:04:05Z")).text,
            '<time datetime="2026-01-02T03:04:05.000Z">2 Jan 2026, 03:04 UTC</time>',
        );
        assert.equal(moment(new Date(Number.NaN)).text, "unknown");
        assert.equal(moment(new Date(8.64e15)).text.includes("275760"), true, "a commit can bear any date");
    });

    it("say how many and how much", () => {
        assert.deepEqual(
            [count(1, "site"), count(1000, "site"), count(2, "address", "addresses")],
            ["1 site", "1,000 sites", "2 addresses"],
        );
        assert.deepEqual([0, 1, 999, 1500, 15_000, 2_500_000].map(size), [
            "0 bytes",
            "1 byte",
            "999 bytes",
            "1.5 kB",
            "15 kB",
            "2.5 MB",
        ]);
    });

    it("say what is live in words, not in colours only", () => {
        const words = (live: number, domains: number) => liveCount(live, domains).text.replaceAll(/<[^>]*>/g, "");
        assert.deepEqual(
            [words(0, 0), words(0, 1), words(1, 1), words(1, 2), words(2, 2)],
            ["no hostnames", "Not live", "Live", "1 of 2 live", "2 of 2 live"],
        );
        assert.match(liveBadge(true).text, />Live</);
        assert.match(liveCount(1, 2).text, /partly/);
        assert.match(liveCount(2, 2).text, /badge live/);
    });

    it("shorten what is long", () => {
        assert.equal(shortId("0123456789abcdef").text, '<code class="id">0123456</code>');
        assert.deepEqual(
            [subjectOf("Why\n\nBecause"), subjectOf(""), subjectOf(" \nx")],
            ["Why", "(no message)", "(no message)"],
        );
        assert.equal(html`${hostnameText("www.acme.example")}`.text, "www.<wbr>acme.<wbr>example");
    });

    it("say who holds a thing, and nothing where nobody does", () => {
        const claim = { id: "x".repeat(16), project: "agency", stack: "prod", resource: "<www>", claimed_at: "" };
        const note = '<span class="quiet below">held by agency/prod &lt;www&gt;</span>';
        assert.equal(html`${holderNote({ claim })}`.text, note);
        assert.equal(html`${holderLine({ claim })}`.text, `<p>${note}</p>`);
        assert.equal(html`${holderNote({ claim: null })}${holderLine({ claim: null })}`.text, "");
    });
});
