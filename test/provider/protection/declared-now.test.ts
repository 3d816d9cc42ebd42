import assert from "node:assert/strict";
import {
    isDeclared,
    noteCreated,
    noteDeclared,
    reasonToKeep,
    refuseDeclaredTwice,
} from "../../../provider/protection/declared-now";
import { Memory } from "../../../provider/run/memory";
import { unknownValue } from "../../../provider/run/unknown";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what this operation declares", () => {
    it("is declared by one resource only", () => {
        const memory = new Memory();
        noteDeclared(memory, ["organization 1"], "acme");
        for (const name of ["acme", undefined]) refuseDeclaredTwice(memory, "organization 1", name);
        refuseDeclaredTwice(memory, "organization 2", "bakery");
        assert.throws(() => refuseDeclaredTwice(memory, "organization 1", "acme2"), {
            code: "takes-over",
            detail: "organization 1 is declared twice, as acme and as acme2",
        });
        noteCreated(memory, "organization 1");
        assert.throws(() => refuseDeclaredTwice(memory, "organization 1", "acme"), {
            detail: "organization 1 is declared twice, by two resources",
        });
    });

    it("is that of one run, and says why something is kept", () => {
        const [memory, other] = [new Memory(), new Memory()];
        noteDeclared(memory, ["application 1/2"], "www2");
        noteDeclared(
            memory,
            ["application 1/2", "domain 1/3/Staging/a.example", "membership 4/a@a.example"],
            undefined,
        );
        assert.deepEqual([isDeclared(memory, "application 1/2"), isDeclared(other, "application 1/2")], [true, false]);
        assert.equal(reasonToKeep(memory, "application", "1/2"), "now declared as www2");
        assert.equal(
            reasonToKeep(memory, "domain", "1/3/Staging/a.example"),
            "this operation declares it under another name",
        );
        for (const [kind, id] of [
            ["environment", "1/3/Staging"],
            ["application", "1/3"],
        ] as const)
            assert.equal(
                reasonToKeep(memory, kind, id),
                "this operation declares domain 1/3/Staging/a.example, which would go with it",
            );
        assert.match(reasonToKeep(memory, "organization", "1") ?? "", /declares application 1\/2, which/);
        assert.equal(reasonToKeep(memory, "team", "4"), undefined, "a team does not hold its members");
        assert.equal(reasonToKeep(memory, "environment", "1/2/Staging"), undefined, "an application is not in it");
        assert.equal(reasonToKeep(memory, "application", "1/22"), undefined);
        assert.equal(reasonToKeep(other, "application", "1/2"), undefined);
    });
});

describe("a delete in an operation that declares the same thing", function () {
    this.timeout(60_000);

    /** A client with one of each kind, as an operation before has left it. */
    async function makeClient() {
        const make = await startOperation();
        const organization = { name: fresh("Client ") };
        const acme = await make("organization").create(organization);
        const site = { organization: acme.id, hostname: `${fresh("www")}.acme.example`, origin: "192.0.2.1" };
        const www = await make("application").create(site);
        const copy = { application: www.id, name: "Staging", hostname: `staging.${site.hostname}` };
        const staging = await make("environment").create(copy);
        const alias = { environment: staging.id, hostname: `shop.${site.hostname}` };
        const shop = await make("domain").create(alias);
        const person = { organization: acme.id, email: "ada@agency.example", role: "readonly" };
        const ada = await make("membership").create(person);
        const all = [
            { kind: "organization", inputs: organization, made: acme },
            { kind: "application", inputs: site, made: www },
            { kind: "environment", inputs: copy, made: staging },
            { kind: "domain", inputs: alias, made: shop },
            { kind: "membership", inputs: person, made: ada },
        ];
        const { api } = await providerPlatform();
        const see = async () => {
            const [client] = (await api.get("/account/graph?detail=true")).filter(
                ({ id }: { id: number }) => String(id) === acme.id,
            );
            return (
                client && {
                    people: client.members.map(({ email }: { email: string }) => email).sort(),
                    sites: client.applications.map(({ application_name }: Record<string, string>) => application_name),
                    hostnames: client.applications.flatMap(
                        ({ environments }: { environments: { domains: { name: string }[] }[] }) =>
                            environments.flatMap(({ domains }) => domains.map(({ name }) => name).sort()),
                    ),
                }
            );
        };
        return { all, see };
    }

    it("keeps what a create of it took over, of every kind", async () => {
        const { all, see } = await makeClient();
        const before = await see();
        const up = await startOperation();
        const adopted = [];
        for (const { kind, inputs, made } of all) {
            const { id, outs } = await up(kind).create(inputs, "renamed");
            assert.equal(id, made.id, `${kind} is adopted`);
            adopted.push({ kind, id, outs });
        }
        process.env.SECTION_MAX_DELETES = "0"; // what is kept does not count as removed
        try {
            for (const { kind, made } of [...all].reverse()) await up(kind).delete(made.id, made.outs);
        } finally {
            delete process.env.SECTION_MAX_DELETES;
        }
        assert.deepEqual(await see(), before);
        const destroy = await startOperation();
        for (const { kind, id, outs } of adopted.reverse()) await destroy(kind).delete(id, outs);
        assert.equal(await see(), undefined, "nothing is declared in a destroy");
    });

    it("keeps what stays as it is or is updated, of every kind", async () => {
        const { all, see } = await makeClient();
        const before = await see();
        for (const operate of ["diff", "update"] as const) {
            const up = await startOperation();
            for (const { kind, inputs, made } of all) await up(kind)[operate](made.id, made.outs, inputs);
            for (const { kind, made } of [...all].reverse()) await up(kind).delete(made.id, made.outs);
            assert.deepEqual(await see(), before, operate);
        }
    });

    it("goes on for what is replaced, before and after the replacement is there", async () => {
        const { all, see } = await makeClient();
        const [, site] = all;
        assert.ok(site?.kind === "application");
        const next = { ...site.inputs, hostname: `next.${(site.inputs as { hostname: string }).hostname}` };
        const up = await startOperation();
        assert.deepEqual((await up("application").diff(site.made.id, site.made.outs, next)).replaces, ["hostname"]);
        await up("application").delete(site.made.id, site.made.outs);
        assert.deepEqual((await see()).sites, []);
        const made = await up("application").create(next);
        await up("application").delete(made.id, made.outs);
        assert.deepEqual((await see()).sites, [next.hostname], "that one is declared");
    });

    it("goes on for a dependent of what is replaced, about which the engine asked before with something unknown", async () => {
        const { all, see } = await makeClient();
        const [, , staging] = all;
        assert.ok(staging?.kind === "environment");
        const up = await startOperation();
        const asked = { ...staging.inputs, promote: unknownValue };
        assert.deepEqual((await up("environment").diff(staging.made.id, staging.made.outs, asked)).replaces, []);
        const next = { ...staging.inputs, name: "Test" };
        assert.deepEqual((await up("environment").diff(staging.made.id, staging.made.outs, next)).replaces, ["name"]);
        await up("environment").delete(staging.made.id, staging.made.outs);
        assert.deepEqual((await see()).hostnames.length, 1, "that of Production");
    });

    it("keeps whoever a team lists, and removes who is listed nowhere", async () => {
        const { all, see } = await makeClient();
        const [acme, , , , ada] = all;
        assert.ok(acme?.kind === "organization" && ada?.kind === "membership");
        const organization = acme.made.id;
        const members = { "olga@agency.example": "admin", "ada@agency.example": "readonly" };
        const up = await startOperation();
        const team = await up("team").create({ organization, members });
        await up("membership").delete(ada.made.id, ada.made.outs);
        assert.deepEqual((await see()).people, Object.keys(members).sort());
        const later = await startOperation();
        await later("team").diff(team.id, team.outs, { organization, members });
        await later("membership").delete(ada.made.id, ada.made.outs);
        assert.deepEqual((await see()).people, Object.keys(members).sort(), "an unchanged team lists her too");
        const back = await startOperation();
        await back("membership").create(ada.inputs);
        await back("team").delete(team.id, { ...team.outs, members: { ...members, "bob@agency.example": "admin" } });
        assert.deepEqual((await see()).people, Object.keys(members).sort());
        const end = await startOperation();
        await end("membership")
            .diff(ada.made.id, ada.made.outs, { ...ada.inputs, until: "2026-01-01" })
            .catch(() => {});
        await end("membership").delete(ada.made.id, ada.made.outs);
        assert.deepEqual((await see()).people, ["olga@agency.example"]);
    });
});
