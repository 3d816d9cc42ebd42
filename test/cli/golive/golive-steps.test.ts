import assert from "node:assert/strict";
import { adviseOn, dnsRecordFor } from "section-model";
import type { DomainSheet } from "../../../cli/golive/domain-sheet";
import { orderSteps } from "../../../cli/golive/golive-steps";

function sheetOf(hostname: string, more: Partial<DomainSheet> = {}): DomainSheet {
    const record = adviseOn(dnsRecordFor(hostname));
    const { type, name, value, ttl, host } = record;
    return {
        ...{ hostname, site: "www.acme.example", environment: "Production", isProduction: true, isLive: false, record },
        ...{ dnsHost: { zone: "acme.example", nameServers: [] }, checks: [], certificateWords: "none yet" },
        changes: [{ action: "keep", type, name, value, ttl, host, old: [] }],
        ...more,
    };
}

describe("the steps of going live", () => {
    it("say that there is nothing to do where all is done; only the time to live is left to raise", () => {
        const steps = orderSteps(
            [sheetOf("www.acme.example", { isLive: true }), sheetOf("acme.example", { isLive: true })],
            "1",
        );
        const idle = steps.filter(({ words }) => words.join() === "Nothing to do.").map(({ title }) => title);
        assert.deepEqual(idle, [
            "Lower the time to live of the present records",
            "The apex, the domain without www",
            "www and all other names",
            "Look again",
        ]);
        assert.equal(steps.length, 7);
        assert.match(steps[0]?.words.join() ?? "", /has no environment to try things in/);
        assert.deepEqual(orderSteps([], "1"), []);
    });

    it("name a CAA record once, however many hostnames it serves, and a name with name servers of its own", () => {
        const caa = { action: "add" as const, type: "CAA", name: "acme.example", host: "@", value: 'x "y"', old: [] };
        const own = { zone: "shop.acme.example", nameServers: ["ns1.shops.example"] };
        const steps = orderSteps(
            [
                sheetOf("www.acme.example", { changes: [caa] }),
                sheetOf("shop.acme.example", { changes: [caa], dnsHost: own }),
            ],
            "1",
        );
        assert.equal(steps[2]?.changes.length, 1);
        assert.match(
            steps[4]?.words.join("\n") ?? "",
            /^shop\.acme\.example has name servers of its own, so DNS allows no CNAME there/,
        );
    });
});
