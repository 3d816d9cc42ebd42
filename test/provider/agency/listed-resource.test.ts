import assert from "node:assert/strict";
import type { ClientDeclaration } from "../../../provider/agency/client-declaration";
import { findListed, findListedProperty } from "../../../provider/agency/listed-resource";

const clients: ClientDeclaration[] = [
    { name: "Acme", sites: [{ hostname: "www.acme.example" }] },
    {
        name: "Acme Outdoor",
        key: "outdoor",
        people: { "Olaf@acme.example": "readonly" },
        sites: [
            { hostname: "out.example", aliases: ["a.out.example", "b.out.example"], staging: {} },
            { hostname: "in.example", staging: { origin: { address: "s.example" } } },
        ],
    },
];
const find = (kind: string, name: string, inputs: Record<string, unknown> = {}) =>
    findListed(clients, { kind, name, inputs });

describe("a resource and the list that declares it", () => {
    it("belong together by the name that an Agency gives it", () => {
        assert.deepEqual(find("organization", "agency/outdoor"), ["clients", 1]);
        assert.deepEqual(find("team", "agency/acme"), ["clients", 0]);
        assert.deepEqual(find("membership", "agency/outdoor/olaf@acme.example"), [
            "clients",
            1,
            "people",
            "Olaf@acme.example",
        ]);
        assert.deepEqual(find("application", "agency/outdoor/in.example"), ["clients", 1, "sites", 1]);
        assert.deepEqual(find("environment", "agency/outdoor/out.example/Staging", { name: "Staging" }), [
            "clients",
            1,
            "sites",
            0,
        ]);
        assert.deepEqual(find("domain", "agency/outdoor/out.example/b.out.example"), [
            "clients",
            1,
            "sites",
            0,
            "aliases",
            1,
        ]);
        assert.deepEqual(find("domain", "agency/outdoor/out.example/out.example"), ["clients", 1, "sites", 0]);
    });

    it("do not where the list does not have it: staff, other clients and sites", () => {
        assert.equal(find("membership", "agency/outdoor/ada@agency.example"), undefined);
        assert.equal(find("organization", "agency/acme-outdoor"), undefined);
        assert.equal(find("application", "agency/acme/out.example"), undefined);
        assert.equal(find("domain", "agency/outdoor/out.example/c.out.example"), undefined);
        assert.equal(find("guard", "agency/outdoor/out.example"), undefined);
    });

    it("have each property in the place from which it comes", () => {
        const of = (site: number, name: string, ...property: string[]) => {
            const resource = { kind: "environment", name: "", inputs: { name } };
            return findListedProperty(clients, resource, ["clients", 1, "sites", site], property)?.slice(4);
        };
        assert.deepEqual(of(0, "Production", "origin", "address"), ["origin", "address"]);
        assert.deepEqual(of(0, "Staging", "origin", "address"), ["origin", "address"], "staging has the site's");
        assert.deepEqual(of(1, "Staging", "origin", "address"), ["staging", "origin", "address"]);
        assert.deepEqual(of(0, "Staging", "hostname"), ["staging", "hostname"]);
        assert.deepEqual(of(0, "Staging", "ipBlacklist"), ["ipBlacklist"]);
        assert.deepEqual(of(0, "Production", "hostname"), undefined);
        assert.deepEqual(of(0, "Production", "config", "a.vcl"), undefined);
        assert.deepEqual(of(0, "Production", "variables", "ttl"), ["variables", "ttl"]);
        assert.deepEqual(of(0, "Staging", "variables", "ttl"), ["staging", "variables", "ttl"]);
        const team = { kind: "team", name: "", inputs: {} };
        assert.deepEqual(findListedProperty(clients, team, ["clients", 0], ["members", "a@b.example", "role"]), [
            "clients",
            0,
            "people",
            "a@b.example",
        ]);
    });
});
