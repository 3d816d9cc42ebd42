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
const nothing = { organizations: [], sites: [], environments: [], hostnames: [], people: [] };
const without = (change: Partial<DeclaredThings>) => findLeaving(before, { ...before, ...change });

describe("what leaves a program", () => {
    it("is nothing when everything is there, or more", () => {
        assert.deepEqual(findLeaving(before, before), nothing);
        assert.deepEqual(without({ sites: [...before.sites, [unknownValue, "new.example"]] }), nothing);
    });

    it("a client that goes is its organization, sites and environments; its people go with it", () => {
        const acme: Partial<DeclaredThings> = normaliseDeclared({
            organizations: [["1", "Acme"]],
            sites: [["1/7", "www.acme.example"]],
            environments: before.environments.slice(0, 2),
            domains: before.domains.slice(0, 2),
            people: before.people.slice(0, 1),
            teams: before.teams,
        });
        const client = "Bakery";
        assert.deepEqual(without(acme), {
            organizations: [{ id: "2", words: "organization Bakery", client }],
            sites: [{ id: "2/8", hostname: "www.bakery.example", words: "site www.bakery.example", client }],
            environments: [
                { id: "2/8/Staging", words: "environment Staging of www.bakery.example", client, isAlone: false },
            ],
            hostnames: [{ hostname: "shop.bakery.example", environment: "2/8/Production", client, isAlone: false }],
            people: [],
        });
    });

    it("a site that moves to another client goes, and one of another hostname; where its client is not known, so does it", () => {
        const [acme = ["", ""]] = before.sites;
        for (const id of [unknownValue, "(Caterer)/www.bakery.example", "2/new.bakery.example"])
            assert.deepEqual(
                without({ sites: [acme, [id, "www.bakery.example"]] }).sites.map((each) => each.id),
                ["2/8"],
                id,
            );
        const orphan = findLeaving({ ...before, organizations: [] }, { ...before, sites: [] });
        assert.deepEqual(
            orphan.sites.map(({ client }) => client),
            ["organization 1", "organization 2"],
        );
    });

    it("nothing goes that has another name in the program only, whatever is renamed with it", () => {
        const renamed: DeclaredThings = normaliseDeclared({
            organizations: [
                ["(Acme)", "Acme"],
                ["2", "Bakery"],
            ],
            sites: [
                ["(Acme)/www.acme.example", "www.acme.example"],
                ["2/www.bakery.example", "www.bakery.example"],
            ],
            environments: [
                ["(Acme)/www.acme.example/Production", ""],
                ["(Acme)/www.acme.example/Staging", "staging.acme.example"],
                ["2/www.bakery.example/Staging", "staging.bakery.example"],
            ],
            domains: before.domains.map(([hostname]) => [hostname, unknownValue]),
            people: ["(Acme)/jane@agency.example", "2/jane@agency.example"],
            teams: [["(Acme)", ["bob@agency.example"]]],
        });
        assert.deepEqual(findLeaving(before, renamed), nothing);
        const odd = normaliseDeclared({ organizations: [["1", "Smith & Sons / (x)"]] });
        const name = "(Smith%20%26%20Sons%20%2F%20(x))";
        assert.deepEqual(findLeaving(odd, { ...odd, organizations: [[name, "Smith & Sons / (x)"]] }), nothing);
    });

    it("a new client under the former name of one that stays does not stand for it", () => {
        const sites: DeclaredThings["sites"] = [
            ["(Acme)/www.acme.example", "www.acme.example"],
            ...before.sites.slice(1),
        ];
        const organizations: DeclaredThings["organizations"] = [
            ["1", "Acme Ltd"],
            ["(Acme)", "Acme"],
            ["2", "Bakery"],
        ];
        assert.deepEqual(
            without({ organizations, sites }).sites.map(({ id }) => id),
            ["1/7"],
        );
    });

    it("what is retained stays, and what a failed operation recorded without an id is nobody's", () => {
        const retained = ["1", "1/7", "1/7/Staging", "shop.acme.example", "new.acme.example", "1/jane@agency.example"];
        const bakery = normaliseDeclared({
            organizations: before.organizations.slice(1),
            sites: before.sites.slice(1),
            environments: before.environments.slice(2),
            domains: before.domains.slice(2),
            people: before.people.slice(1),
            teams: before.teams,
            retained,
        });
        assert.deepEqual(findLeaving(before, bakery), nothing);
        const failed = normaliseDeclared({
            organizations: [["(New)", "New"]],
            sites: [[unknownValue, "www.new.example"]],
            environments: [["(New)/www.new.example/Staging", "s.new.example"]],
            domains: [["shop.new.example", unknownValue]],
            people: [unknownValue],
        });
        assert.deepEqual(findLeaving(failed, normaliseDeclared({})), nothing);
    });

    it("an environment takes its hostnames along; Production stays", () => {
        const { environments, hostnames } = without({
            environments: [["2/8/Staging", "staging.bakery.example"]],
            domains: before.domains.filter(([, at]) => at !== "1/7/Staging"),
        });
        const client = "Acme";
        assert.deepEqual(environments, [
            { id: "1/7/Staging", words: "environment Staging of www.acme.example", client, isAlone: true },
        ]);
        assert.deepEqual(hostnames, [
            { hostname: "new.acme.example", environment: "1/7/Staging", client, isAlone: false },
        ]);
    });

    it("a hostname that is declared elsewhere moves; one that is declared nowhere goes, unless it is the site's own", () => {
        assert.deepEqual(
            without({ domains: [["shop.acme.example", unknownValue], ...before.domains.slice(1)] }),
            nothing,
        );
        const environments: DeclaredThings["environments"] = before.environments.map(([id, name]) => [
            id,
            id === "1/7/Staging" ? "other.acme.example" : name,
        ]);
        const leaving = { client: "Acme", isAlone: true };
        assert.deepEqual(without({ environments, domains: before.domains.slice(1) }).hostnames, [
            { hostname: "staging.acme.example", environment: "1/7/Staging", ...leaving },
            { hostname: "shop.acme.example", environment: "1/7/Production", ...leaving },
        ]);
        assert.deepEqual(
            without({ environments, domains: [...before.domains, ["staging.acme.example", "1/7/Production"]] }),
            nothing,
        );
        const own: DeclaredThings = { ...before, domains: [["www.acme.example", "1/7/Production"]] };
        assert.deepEqual(findLeaving(own, { ...before, sites: before.sites.slice(1) }).hostnames, []);
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
