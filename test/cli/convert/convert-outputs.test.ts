import assert from "node:assert/strict";
import { adviseOn, dnsRecordFor } from "section-model";
import { addShown, leaveShown } from "../../../cli/convert/convert-outputs";
import type { ResourceKind } from "../../../provider/run/resource-kind";
import { cipher } from "../../support/random-state";

const [hostname, cname] = ["www.acme.example", "www.acme.example.c.section.io"];
const record = dnsRecordFor(hostname);
const dns = adviseOn(record);

describe("the outputs that only the plugin has", () => {
    const cases: readonly [ResourceKind, dynamic: Record<string, unknown>, plugin: Record<string, unknown>][] = [
        ["application", { hostname, cname }, { hostname, cname, dns, production: "1/2/Production" }],
        [
            "environment",
            { head: "c0ffee", hostnames: [{ hostname, cname }] },
            {
                head: "c0ffee",
                hostnames: [{ hostname, cname, dns }],
                seenHead: { environment: "1/2", head: "c0ffee" },
            },
        ],
        ["domain", { hostname, dns: record }, { hostname, dns }],
        ["organization", { name: "Acme" }, { name: "Acme" }],
    ];
    for (const [kind, dynamic, plugin] of cases)
        it(`are added to those of a ${kind}, and left out again`, () => {
            assert.deepEqual(addShown(kind, "1/2", dynamic), plugin);
            assert.deepEqual(leaveShown(kind, plugin), dynamic);
        });

    const kept: readonly [ResourceKind, Record<string, unknown>][] = [
        ["application", { hostname: cipher("v1:x"), cname }],
        ["environment", { hostnames: [{ hostname, cname: cipher("v1:x") }] }],
        ["environment", { hostnames: cipher("v1:x") }],
        ["domain", { dns: { ...record, notes: ["as it was said before"] } }],
        ["domain", { dns: cipher("v1:x") }],
        ["domain", {}],
    ];
    for (const [kind, outputs] of kept)
        it(`are not made of ${kind} ${JSON.stringify(outputs).slice(0, 40)}…, which is secret, or of another version`, () => {
            assert.deepEqual(addShown(kind, "1/2", outputs), outputs);
            assert.deepEqual(leaveShown(kind, outputs), outputs);
        });
});
