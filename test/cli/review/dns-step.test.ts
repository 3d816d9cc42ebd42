import assert from "node:assert/strict";
import { dnsRecordFor } from "section-model";
import { readPreview } from "../../../cli/engine/preview";
import { listDnsSteps } from "../../../cli/review/dns-step";
import { listChanges } from "../../../cli/review/resource-change";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";

const edge = "edge.example";
const domain = (hostname: string) => ({
    environment: "1/1/Production",
    hostname,
    cname: `${hostname}.${edge}`,
    dns: dnsRecordFor(hostname, edge),
});

function stepsOf(steps: StepText[]): string[] {
    const preview = readPreview(previewText(steps));
    return listDnsSteps(preview, listChanges(preview)).map(
        ({ action, host, zone, record: { type, value, ttl } }) =>
            `${action}: ${host} in ${zone} ${ttl} ${type} ${value}`,
    );
}

describeBothWays("what a preview asks of the DNS", () => {
    it("is the record of what comes, and that of what leaves", () => {
        const found = stepsOf([
            {
                op: "replace",
                kind: "domain",
                name: "a",
                id: "1/1/Production/a.acme.example",
                olds: domain("a.acme.example"),
                news: domain("b.acme.example"),
                replaces: ["hostname"],
            },
            { op: "create", kind: "domain", name: "apex", news: domain("acme.example") },
            {
                op: "create",
                kind: "environment",
                name: "s",
                news: { application: "1/1", name: "Staging", hostname: "s.acme.example" },
            },
            {
                op: "delete",
                kind: "application",
                name: "old",
                id: "1/2",
                olds: { organization: "1", hostname: "old.acme.example", cname: `old.acme.example.${edge}` },
            },
            {
                op: "update",
                kind: "domain",
                name: "u",
                id: "1/1/Production/u.acme.example",
                olds: domain("u.acme.example"),
                news: domain("u.acme.example"),
            },
        ]);
        assert.deepEqual(found, [
            "set: @ in acme.example 300 ALIAS acme.example.edge.example",
            "set: b in acme.example 300 CNAME b.acme.example.edge.example",
            "set: s in acme.example 300 CNAME s.acme.example.edge.example",
            "may be removed: a in acme.example 300 CNAME a.acme.example.edge.example",
            "may be removed: old in acme.example 300 CNAME old.acme.example.edge.example",
        ]);
    });

    it("is nothing where a hostname moves to another resource, or another one stays that needs it", () => {
        const moves: StepText[] = [
            {
                op: "delete",
                kind: "domain",
                name: "a",
                id: "1/1/Staging/a.acme.example",
                olds: domain("a.acme.example"),
            },
            { op: "create", kind: "domain", name: "b", news: domain("a.acme.example") },
            {
                op: "delete",
                kind: "domain",
                name: "c",
                id: "1/1/Production/c.acme.example",
                olds: domain("c.acme.example"),
            },
            {
                op: "same",
                kind: "application",
                name: "c-site",
                id: "1/1",
                olds: { hostname: "c.acme.example", cname: `c.acme.example.${edge}` },
                news: { hostname: "c.acme.example", cname: `c.acme.example.${edge}` },
            },
        ];
        assert.deepEqual(stepsOf(moves), []);
    });
});
