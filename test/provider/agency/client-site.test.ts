import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { listRegistered, mockEngine, type Registered, settled } from "../../support/registered";

describe("a client's site", () => {
    let registered: Registered[];
    before(async () => {
        registered = await mockEngine();
    });

    it("is an application with its environments and further hostnames", async () => {
        const site = new section.ClientSite("full", {
            organization: "7",
            hostname: "WWW.full.example",
            origin: pulumi.output({ address: "o.example", enableSni: true }),
            aliases: ["Full.example"],
            staging: { origin: "s.example", config: { "b.vcl": "staging" } },
            config: [{ "a.vcl": "a", "b.vcl": "b" }],
            ipBlacklist: ["192.0.2.0/24"],
        });
        const all = await listRegistered(registered, "full");
        const content = { ipBlacklist: ["192.0.2.0/24"] };
        const origin = { address: "o.example", enableSni: true };
        assert.deepEqual(all, {
            "ClientSite full": {},
            "Application full": { organization: "7", hostname: "www.full.example", origin: "o.example" },
            "Environment full/Production": {
                application: "7/1",
                name: "Production",
                origin,
                config: { "a.vcl": "a", "b.vcl": "b" },
                ...content,
            },
            "Environment full/Staging": {
                application: "7/1",
                name: "Staging",
                hostname: "staging-www.full.example",
                origin: "s.example",
                config: { "a.vcl": "a", "b.vcl": "staging" },
                ...content,
            },
            "Domain full/full.example": { environment: "7/1/Production", hostname: "full.example" },
        });
        assert.deepEqual(Object.keys(site.aliases), ["full.example"]);
        assert.equal(await settled(site.stagingHead), "abc");
        assert.equal(await settled(site.gitUrl), "https://x.example/y.git");
        const dns = await settled(site.dns);
        assert.deepEqual(
            dns.map(({ environment, type, value }) => [environment, type, value]),
            [
                ["Production", "CNAME", "www.full.example.edge.example"],
                ["Production", "ALIAS", "full.example.edge.example"],
                ["Staging", "CNAME", "staging-www.full.example.edge.example"],
            ],
        );
        assert.deepEqual(await settled(pulumi.output(site.dnsLines)), {
            "www.full.example": "www 300 IN CNAME www.full.example.edge.example.",
            "full.example": "@ 300 IN ALIAS full.example.edge.example.",
            "staging-www.full.example": "staging-www 300 IN CNAME staging-www.full.example.edge.example.",
        });
        const ofApplication = await settled(site.application.dns);
        const { environment: _, ...ofSite } = dns[0]!;
        assert.deepEqual(ofSite, ofApplication, "a record is the same wherever a program reads it");
    });

    it("leaves Production alone where nothing of it is declared, or staging comes first", async () => {
        const bare = new section.ClientSite("bare", { organization: "7", hostname: "bare.example" });
        new section.ClientSite("first", {
            organization: "7",
            hostname: "first.example",
            origin: "o.example",
            staging: {},
            stagingFirst: true,
        });
        assert.deepEqual(Object.keys(await listRegistered(registered, "bare")), [
            "ClientSite bare",
            "Application bare",
        ]);
        const first = await listRegistered(registered, "first");
        assert.deepEqual(Object.keys(first), ["ClientSite first", "Application first", "Environment first/Staging"]);
        assert.equal(first["Environment first/Staging"]?.origin, "o.example");
        assert.equal(first["Environment first/Staging"]?.hostname, "staging.first.example");
        assert.equal(bare.production, undefined);
        assert.equal(await settled(bare.stagingHead), undefined);
    });

    it("promotes a commit, staging's or another; files are then staging's only", async () => {
        const args = {
            organization: "7",
            origin: "o.example",
            proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
            config: { "a.vcl": "a" },
        };
        const follows = {
            ...args,
            hostname: "follows.example",
            staging: {},
            promote: "staging",
            ownership: "complete" as const,
        };
        new section.ClientSite("follows", follows);
        const waits = new section.ClientSite("waits", {
            ...follows,
            hostname: "waits.example",
            promote: "staging-seen",
        });
        new section.ClientSite("older", { ...args, hostname: "older.example", promote: "f".repeat(40) });
        const all = await listRegistered(registered, "follows");
        const place = { application: "7/1", origin: "o.example" };
        assert.deepEqual(all["Environment follows/Production"], { ...place, name: "Production", promote: "abc" });
        assert.equal(all["Environment follows/Staging"]?.ownership, "complete");
        const waiting = await listRegistered(registered, "waits");
        assert.deepEqual(waiting["Environment waits/Production"]?.promote, {
            environment: await settled(waits.staging!.id),
            head: "abc",
        });
        const older = await listRegistered(registered, "older");
        assert.deepEqual(older["Environment older/Production"], {
            ...place,
            name: "Production",
            promote: "f".repeat(40),
        });
        for (const [wrong, reason] of [
            [{ ...follows, stagingFirst: true }, /it has promote and stagingFirst, of which only one can/],
            [{ ...follows, staging: undefined }, /promote names staging, and the site declares none/],
            [
                { ...follows, staging: undefined, promote: "staging-seen" },
                /promote names staging, and the site declares none/,
            ],
            [{ ...follows, config: undefined }, /"complete" without a configuration/],
        ] as const)
            assert.throws(() => new section.ClientSite("wrong", wrong), reason);
    });

    it("says how its hostnames are served: with which certificate, and whether up waits for them", async () => {
        const served = { waitForLive: { timeoutSeconds: 60 }, certificate: "acme" as const };
        const site = new section.ClientSite("served", {
            organization: "7",
            hostname: "www.served.example",
            aliases: ["served.example"],
            ...served,
        });
        const all = await listRegistered(registered, "served");
        for (const hostname of ["www.served.example", "served.example"])
            assert.deepEqual(all[`Domain served/${hostname}`], { environment: "7/1/Production", hostname, ...served });
        assert.equal(await settled((site.domain as section.Domain).hostname), "www.served.example");
        assert.deepEqual(Object.keys(site.aliases), ["served.example"]);
    });

    it("with arguments that it does not have registers nothing, and says which were meant", async () => {
        const wrong = {
            orgin: "o.example",
            staging: { hostnam: "s.misspelt.example" },
            aliases: undefined,
            other: undefined,
        };
        const args = { organization: "7", hostname: "www.misspelt.example", ...wrong } as section.ClientSiteArgs;
        assert.throws(() => new section.ClientSite("misspelt", args), {
            message: [
                "orgin: is not a known property; did you mean origin?",
                "staging.hostnam: is not a known property; did you mean hostname?",
                "2 errors in the ClientSite of www.misspelt.example. Correct the declaration; nothing was changed.",
            ].join("\n"),
        });
        assert.deepEqual(await listRegistered(registered, "misspelt"), {});
    });

    it("with a wrong hostname registers nothing", async () => {
        const args = { organization: "7", hostname: "https://wrong.example" };
        assert.throws(
            () => new section.ClientSite("wrong", args),
            /hostname "https:\/\/wrong\.example" must not have a scheme; write "wrong\.example"/,
        );
        assert.throws(
            () => new section.ClientSite("wrong", { ...args, hostname: "wrong.example", aliases: ["a b"] }),
            /hostname "a b" has/,
        );
        assert.throws(
            () => new section.ClientSite("wrong", { ...args, hostname: "wrong.example", variables: { a: 1 } }),
            /wrong\.example: no configuration file uses/,
        );
        assert.deepEqual(await listRegistered(registered, "wrong"), {});
    });
});
