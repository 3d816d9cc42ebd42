import assert from "node:assert/strict";
import { withShown } from "../../../provider/protocol/shown-outputs";
import { unknownValue } from "../../../provider/run/unknown";

describe("outputs for programs in other languages", () => {
    it("have what the classes of TypeScript add", () => {
        const site = { hostname: "www.acme.example", cname: "www.acme.example.c.section.io" };
        const shown = withShown("application", "1/2", site);
        assert.equal(shown.production, "1/2/Production");
        const { line } = shown.dns as { line: string };
        assert.equal(line, "www 300 IN CNAME www.acme.example.c.section.io.");
        const [first] = withShown("environment", "1/2/Staging", { hostnames: [site] }).hostnames as { dns: unknown }[];
        assert.deepEqual(first?.dns, shown.dns);
        const record = { name: "www.acme.example", type: "CNAME", value: site.cname, ttl: 300, apex: false };
        const domain = withShown("domain", "1/2/Production/www.acme.example", { dns: record });
        assert.equal((domain.dns as { line: string }).line, line);
    });

    it("stay as they are where there is nothing to add, or nothing is known yet", () => {
        const unknown = { hostname: unknownValue, cname: unknownValue };
        assert.deepEqual(withShown("application", undefined, unknown), unknown);
        assert.deepEqual(withShown("domain", "1", { dns: unknownValue }), { dns: unknownValue });
        assert.deepEqual(withShown("environment", "1", { hostnames: unknownValue }), { hostnames: unknownValue });
        assert.deepEqual(withShown("team", "1", { pending: [] }), { pending: [] });
    });
});
