import assert from "node:assert/strict";
import {
    sayCertificate,
    sayDaysLeft,
    sayDomainLive,
    sayMinute,
    sayOf,
    sayProxy,
    siteName,
} from "../../../cli/estate/estate-words";
import { sayCount } from "../../../cli/report/say-count";

describe("words of an estate", () => {
    it("say of a certificate what there is to do", () => {
        const acme = { type: "acme", configured: true } as const;
        assert.deepEqual(sayCertificate(undefined), { words: "certificate not known", mood: "quiet" });
        assert.deepEqual(sayCertificate({ type: "acme", configured: false }), {
            words: "no certificate yet",
            mood: "quiet",
        });
        assert.deepEqual(sayCertificate({ ...acme }), { words: "certificate, its end is not known", mood: "quiet" });
        assert.deepEqual(sayCertificate({ ...acme, daysLeft: 30 }), { words: "30 days left", mood: "quiet" });
        assert.deepEqual(sayCertificate({ ...acme, daysLeft: 29 }), { words: "certificate 29 days left", mood: "bad" });
        assert.deepEqual(sayDaysLeft(1), { words: "1 day left", mood: "bad" });
        assert.deepEqual(sayDaysLeft(-1), { words: "ended 1 day ago", mood: "bad" });
    });

    it("name things shortly", () => {
        assert.deepEqual(
            [undefined, true, false].map((live) => sayDomainLive({ live }).words),
            ["live state not known", "live", "not live"],
        );
        assert.equal(sayProxy({ name: "varnish", image: "varnish:6.3.1" }), "varnish:6.3.1");
        assert.equal(sayProxy({ name: "cache", image: "varnish:6.3.1" }), "cache varnish:6.3.1");
        assert.deepEqual(
            ["/", "/shop/"].map((pathPrefix) => siteName({ hostname: "a.example", pathPrefix })),
            ["a.example", "a.example/shop/"],
        );
        assert.equal(sayMinute("2026-11-25T03:51:54.123Z"), "2026-11-25 03:51 UTC");
        assert.deepEqual(
            [1, 1000].map((count) => sayCount(count, "site")),
            ["1 site", "1,000 sites"],
        );
        assert.deepEqual([[], ["1/2"], ["1/2", "1/3"]].map(sayOf), ["everything", "1/2", "2 things"]);
    });
});
