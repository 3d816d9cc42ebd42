import assert from "node:assert/strict";
import { findLeaving, normaliseDeclared } from "../../../provider/protection/find-leaving";
import type { DeclaredThings } from "../../../provider/run/declared-things";
import { unknownValue } from "../../../provider/run/unknown";

const before: DeclaredThings = normaliseDeclared({
    organizations: [
        ["1", "Acme"],
        ["2", "Bakery"],
    ],
    sites: [
        ["1/7", "www.acme.example"],
        ["2/8", "www.bakery.example"],
    ],
    environments: [
        ["1/7/Production", ""],
        ["1/7/Staging", "Staging.Acme.example"],
        ["2/8/Staging", "staging.bakery.example"],
    ],
    domains: [
        ["shop.acme.example", "1/7/Production"],
        ["new.acme.example", "1/7/Staging"],
        ["shop.bakery.example", "2/8/Production"],
    ],
    people: ["1/jane@agency.example", "2/jane@agency.example"],
    teams: [["1", ["bob@agency.example"]]],
});
const nothing = { sites: [], environments: [], hostnames: [], people: [] };
const without = (change: Partial<DeclaredThings>) => findLeaving(before, { ...before, ...change });

describe("what leaves a program", () => {
    it("is nothing when everything is there, or more", () => {
        assert.deepEqual(findLeaving(before, before), nothing);
        assert.deepEqual(without({ sites: [...before.sites, [unknownValue, "new.example"]] }), nothing);
    });

    it("a client that goes is its sites, and everything else of it goes with them", () => {
        const acme: Partial<DeclaredThings> = normaliseDeclared({
            organizations: [["1", "Acme"]],
            sites: [["1/7", "www.acme.example"]],
            environments: before.environments.slice(0, 2),
            domains: before.domains.slice(0, 2),
            people: before.people.slice(0, 1),
            teams: before.teams,
        });
        assert.deepEqual(without(acme), {
            ...nothing,
            sites: [{ id: "2/8", hostname: "www.bakery.example", client: "Bakery" }],
        });
    });

    it("a site that is replaced goes, whatever comes", () => {
        assert.deepEqual(
            without({ sites: [before.sites[0] ?? ["", ""], [unknownValue, "www.bakery.example"]] }).sites,
            [{ id: "2/8", hostname: "www.bakery.example", client: "Bakery" }],
        );
        const orphan = findLeaving({ ...before, organizations: [] }, { ...before, sites: [] });
        assert.deepEqual(
            orphan.sites.map(({ client }) => client),
            ["organization 1", "organization 2"],
        );
    });

    it("an environment takes its hostnames along; Production stays", () => {
        assert.deepEqual(
            without({
                environments: [["2/8/Staging", "staging.bakery.example"]],
                domains: before.domains.filter(([, at]) => at !== "1/7/Staging"),
            }),
            {
                ...nothing,
                environments: ["1/7/Staging"],
            },
        );
    });

    it("a hostname that is declared elsewhere moves; one that is declared nowhere goes", () => {
        assert.deepEqual(
            without({ domains: [["shop.acme.example", unknownValue], ...before.domains.slice(1)] }),
            nothing,
        );
        const environments: DeclaredThings["environments"] = before.environments.map(([id, name]) => [
            id,
            id === "1/7/Staging" ? "other.acme.example" : name,
        ]);
        assert.deepEqual(without({ environments, domains: before.domains.slice(1) }).hostnames, [
            { hostname: "staging.acme.example", environment: "1/7/Staging" },
            { hostname: "shop.acme.example", environment: "1/7/Production" },
        ]);
        assert.deepEqual(
            without({ environments, domains: [...before.domains, ["staging.acme.example", "1/7/Production"]] }),
            nothing,
        );
    });

    it("people leave by Membership and by Team, and not when the one becomes the other", () => {
        assert.deepEqual(without({ people: [], teams: [] }).people, [
            "1/jane@agency.example",
            "2/jane@agency.example",
            "1/bob@agency.example",
        ]);
        assert.deepEqual(
            without({
                people: ["2/jane@agency.example", "1/bob@agency.example"],
                teams: [["1", ["jane@agency.example"]]],
            }),
            nothing,
        );
    });
});
