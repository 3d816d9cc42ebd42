import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import * as section from "pulumi-section";
import { withFolder } from "../../support/platform";
import { listRegistered, mockEngine, type Registered, settled } from "../../support/registered";

describe("an agency", () => {
    let registered: Registered[];
    before(async () => {
        registered = await mockEngine();
    });

    it("names everything by client, person and hostname, so that no two names are one", async () => {
        const clients = [
            {
                name: "One",
                people: { "Ada@agency.example": "state" as const },
                sites: [{ hostname: "a-b.one.example" }, { hostname: "a.b-one.example" }],
            },
            { name: "One Two", key: "two" },
        ];
        const agency = new section.Agency("names", {
            clients,
            staff: { "ada@agency.example": "admin", "bo@agency.example": "readonly" },
        });
        const all = await listRegistered(registered, "names");
        assert.deepEqual(Object.keys(all).sort(), [
            "Agency names",
            "Application names/one/a-b.one.example",
            "Application names/one/a.b-one.example",
            "ClientSite names/one/a-b.one.example",
            "ClientSite names/one/a.b-one.example",
            "Membership names/one/ada@agency.example",
            "Membership names/one/bo@agency.example",
            "Membership names/two/ada@agency.example",
            "Membership names/two/bo@agency.example",
            "Organization names/one",
            "Organization names/two",
        ]);
        assert.equal(all["Membership names/one/ada@agency.example"]?.role, "state", "what the client says counts");
        assert.equal(all["Membership names/two/ada@agency.example"]?.role, "admin");
        assert.deepEqual(await settled(agency.organizationIds), { one: "7", two: "7" });
        assert.deepEqual(Object.keys(agency.sites), ["a-b.one.example", "a.b-one.example"]);
        assert.equal(agency.clients.one?.sites["a-b.one.example"], agency.sites["a-b.one.example"]);
        assert.deepEqual(
            (await settled(agency.dns)).map(({ line, zone, environment }) => [line, zone, environment]),
            [
                ["a-b 300 IN CNAME a-b.one.example.edge.example.", "one.example", "Production"],
                ["a 300 IN CNAME a.b-one.example.edge.example.", "b-one.example", "Production"],
            ],
        );
    });

    it("has people with a last day, and with completeTeams nobody else", async () => {
        const temp = { role: "readonly", until: "2099-12-31" } as const;
        const clients = [{ name: "Acme", people: { "Temp@agency.example": temp } }];
        const staff = { "ada@agency.example": "admin" } as const;
        new section.Agency("added", { clients, staff });
        const agency = new section.Agency("complete", { clients, staff, completeTeams: true });
        const added = await listRegistered(registered, "added");
        assert.deepEqual(added["Membership added/acme/temp@agency.example"], {
            organization: "7",
            email: "temp@agency.example",
            ...temp,
        });
        const complete = await listRegistered(registered, "complete");
        assert.deepEqual(Object.keys(complete).sort(), [
            "Agency complete",
            "Organization complete/acme",
            "Team complete/acme",
        ]);
        assert.deepEqual(complete["Team complete/acme"]?.members, {
            "ada@agency.example": "admin",
            "temp@agency.example": temp,
        });
        assert.deepEqual(agency.clients.acme?.memberships, {});
        assert.notEqual(agency.clients.acme?.team, undefined);
    });

    it("has defaults for all sites that clients, sites and their staging override", () =>
        withFolder(async (folder) => {
            await mkdir(path.join(folder, "base"));
            await writeFile(path.join(folder, "base/a.vcl"), "{{client}} {{ttl}} {{grace}}");
            const site = { hostname: "www.layers.example", staging: { variables: { ttl: 3 } }, variables: { ttl: 2 } };
            const other = { hostname: "other.layers.example", proxyChain: [] };
            new section.Agency("layers", {
                clients: [
                    { name: "Layers", config: { "b.vcl": "client" }, variables: { grace: "c" }, sites: [site, other] },
                ],
                baseConfig: path.join(folder, "base"),
                variables: { ttl: 1, grace: "a" },
                proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
                withFirstSite: true,
            });
            const all = await listRegistered(registered, "layers");
            const at = (name: string) => all[`Environment layers/layers/${name}`];
            assert.deepEqual(at("www.layers.example/Production")?.config, { "a.vcl": "Layers 2 c", "b.vcl": "client" });
            assert.deepEqual(at("www.layers.example/Staging")?.config, { "a.vcl": "Layers 3 c", "b.vcl": "client" });
            assert.deepEqual(at("other.layers.example/Production")?.config, {
                "a.vcl": "Layers 1 c",
                "b.vcl": "client",
            });
            assert.deepEqual(at("www.layers.example/Production")?.proxyChain, [
                { name: "varnish", image: "varnish:6.3.1" },
            ]);
            assert.deepEqual(at("other.layers.example/Production")?.proxyChain, []);
            assert.deepEqual(all["Organization layers/layers"]?.firstSite, { hostname: "other.layers.example" });
        }));

    it("that is wrong anywhere registers nothing and says all of it", async () => {
        const clients = [
            {
                name: "A",
                sites: [
                    { hostname: "twice.wrong.example", variables: { ttl: 1 } },
                    { hostname: "TWICE.wrong.example" },
                ],
            },
            { name: "a", key: "b/c", sites: [{ hostname: "s.wrong.example", config: "/nowhere/at/all" }] },
            {
                name: "A!",
                sites: [{ hostname: "nodot" }, { hostname: "ok.wrong.example", staging: { hostname: "a b.example" } }],
            },
        ];
        const staff = { "x@y.example": "admin", "X@y.example": "admin" } as const;
        assert.throws(
            () => new section.Agency("wrong", { clients, staff }),
            (error: Error) => {
                assert.deepEqual(error.message.split("\n"), [
                    'clients[2].name: gives the key "a", which another client has; give this one a key: of its own (first at clients[0].name)',
                    "clients[0].sites[1].hostname: twice.wrong.example stands here twice; a hostname belongs to one environment of one site, remove one of them (first at clients[0].sites[0].hostname)",
                    "twice.wrong.example: no configuration file uses the variable ttl. Remove it, or use it in a file",
                    "clients[1].key: must be letters, digits, dots, dashes and underscores, such as acme-outdoor",
                    "s.wrong.example: /nowhere/at/all is not a folder. Name a folder, relative to where the program runs",
                    'hostname "nodot" has no dot; write the full name, such as www.acme.example. Correct the hostname of the site',
                    'hostname "a b.example" has the label "a b"; labels are 1 to 63 letters, digits, underscores and inner dashes. Correct the hostname of the site',
                    "staff: an e-mail address stands there twice, in two spellings",
                    "8 errors in the clients. Correct the list; nothing was changed.",
                ]);
                return true;
            },
        );
        assert.deepEqual(await listRegistered(registered, "wrong"), {});
    });
});
