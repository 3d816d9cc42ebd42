import assert from "node:assert/strict";
import { clientListJsonSchema } from "../../../provider/agency/client-list-schema";
import { columnNamed, columnNames } from "../../../provider/agency/csv-columns";
import { requireSome } from "../../support/require-some";

describe("the columns of CSV", () => {
    it("are everything that a site can have", () => {
        const names = columnNames();
        const site = clientListJsonSchema().properties?.clients?.items?.properties?.sites?.items?.properties ?? {};
        for (const property of requireSome(Object.keys(site))) {
            if (property === "variables") continue;
            assert.ok(
                names.some((name) => name === property || name.startsWith(`${property}.`)),
                `${property} has no column`,
            );
        }
        assert.ok(names.length > 30 && new Set(names).size === names.length, names.join(" "));
    });

    it("know what they hold", () => {
        assert.deepEqual(columnNamed("Client"), { of: "client", path: ["name"], kind: "text" });
        assert.deepEqual(columnNamed("origin"), { of: "site", path: ["origin", "address"], kind: "text" });
        assert.deepEqual(columnNamed("Staging.Origin"), {
            of: "site",
            path: ["staging", "origin", "address"],
            kind: "text",
        });
        assert.deepEqual(columnNamed("origin.enableSni"), { of: "site", path: ["origin", "enableSni"], kind: "flag" });
        assert.deepEqual(columnNamed("origin.httpPort"), { of: "site", path: ["origin", "httpPort"], kind: "number" });
        assert.deepEqual(columnNamed("origin.keepaliveSeconds"), {
            of: "site",
            path: ["origin", "keepaliveSeconds"],
            kind: "number",
        });
        assert.deepEqual(columnNamed("aliases"), { of: "site", path: ["aliases"], kind: "list" });
        assert.deepEqual(columnNamed("proxyChain"), { of: "site", path: ["proxyChain"], kind: "proxies" });
        assert.deepEqual(columnNamed("Client.config"), { of: "client", path: ["config"], kind: "text" });
        assert.deepEqual(columnNamed("client.variables.ttl"), {
            of: "client",
            path: ["variables", "ttl"],
            kind: "text",
        });
        assert.deepEqual(columnNamed("waitForLive.timeoutSeconds"), {
            of: "site",
            path: ["waitForLive", "timeoutSeconds"],
            kind: "number",
        });
        assert.deepEqual(columnNamed("promote"), { of: "site", path: ["promote"], kind: "text" });
        assert.deepEqual(columnNamed("variables.TTL"), { of: "site", path: ["variables", "TTL"], kind: "text" });
        assert.deepEqual(columnNamed("staging.variables.ttl"), {
            of: "site",
            path: ["staging", "variables", "ttl"],
            kind: "text",
        });
    });

    it("that are none have a nearest one", () => {
        assert.deepEqual(columnNamed("hostnam"), { nearest: "hostname" });
        assert.deepEqual(columnNamed("staging.hostnames"), { nearest: "staging.hostname" });
    });
});
