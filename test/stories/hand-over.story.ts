import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { openStackHere } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { assertSettled } from "../support/stack";

const origin = "192.0.2.1";

/** A client whose program is written by a test. */
function program(write: (acme: section.Organization, other: section.Organization) => void): PulumiFn {
    return async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        write(acme, new section.Organization("other", { name: "Other" }));
    };
}

const site = (name: string, organization: section.Organization, hostname: string) =>
    new section.Application(name, { organization: organization.id, hostname, origin });
const copy = (name: string, of: section.Application, hostname: string, environment = "Staging") =>
    new section.Environment(name, { application: of.id, name: environment, hostname });
const alias = (name: string, of: section.Application, hostname: string) =>
    new section.Domain(name, { environment: of.production, hostname });

describe("a hostname", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    interface Graph {
        account_name: string;
        applications: {
            application_name: string;
            environments: { environment_name: string; domains: { name: string }[] }[];
        }[];
    }

    /** Hostname -> the client, site and environment that have it. */
    async function see(): Promise<Record<string, string>> {
        const graph: Graph[] = await platform.api.get("/account/graph?detail=true");
        const places = graph.flatMap(({ account_name, applications }) =>
            applications.flatMap(({ application_name, environments }) =>
                environments.flatMap(({ environment_name, domains }) =>
                    domains.map(({ name }) => [name, `${account_name} ${application_name} ${environment_name}`]),
                ),
            ),
        );
        return Object.fromEntries(places.sort());
    }

    /** The hostnames that were without an environment at some time, by the log: detached and attached again. */
    async function listGaps(hostnames: readonly string[]): Promise<string[]> {
        const accounts: { id: number }[] = await platform.api.get("/account");
        const logs = await Promise.all(accounts.map(({ id }) => platform.api.get(`/account/${id}/changes?limit=500`)));
        return logs
            .flat()
            .filter(({ what, thing }) => what === "domain.detach" && hostnames.includes(thing.hostname))
            .map(({ thing }) => thing.hostname);
    }

    /** Applies `one`, then `other`, both ways round, and looks at the hostnames after the second. */
    async function handOver(one: PulumiFn, other: PulumiFn, expected: Record<string, string>): Promise<void> {
        await withFolder(async (folder) => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const stack = await openStackHere({ folder, program: one, environment });
            await stack.up();
            const before = await see();
            await stack.up({ program: other });
            await assertSettled(stack);
            assert.deepEqual(await see(), expected);
            await stack.up({ program: one });
            await assertSettled(stack);
            assert.deepEqual(await see(), before, "and back");
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        });
    }

    it("goes from an alias to a site of its own, and back", () =>
        handOver(
            program((acme) => {
                alias("shop", site("www", acme, "www.acme.example"), "shop.acme.example");
            }),
            program((acme) => {
                site("shop", acme, "shop.acme.example");
                site("www", acme, "www.acme.example");
            }),
            {
                "shop.acme.example": "Acme shop.acme.example Production",
                "www.acme.example": "Acme www.acme.example Production",
            },
        ));

    it("goes to another client, as an alias and as a site", () =>
        handOver(
            program((acme, other) => {
                alias("news", site("www", acme, "www.acme.example"), "news.acme.example");
                site("shop", acme, "shop.acme.example");
                site("home", other, "home.other.example");
            }),
            program((acme, other) => {
                site("shop", other, "shop.acme.example");
                alias("news", site("home", other, "home.other.example"), "news.acme.example");
                site("www", acme, "www.acme.example");
            }),
            {
                "home.other.example": "Other home.other.example Production",
                "news.acme.example": "Other home.other.example Production",
                "shop.acme.example": "Other shop.acme.example Production",
                "www.acme.example": "Acme www.acme.example Production",
            },
        ));

    it("is swapped with that of another environment, and of another site", async () => {
        const swap = (one: string, other: string) =>
            program((acme) => {
                const www = site("www", acme, "www.acme.example");
                copy("staging", www, one);
                copy("test", www, other, "Test");
            });
        await handOver(swap("one.acme.example", "two.acme.example"), swap("two.acme.example", "one.acme.example"), {
            "one.acme.example": "Acme www.acme.example Test",
            "two.acme.example": "Acme www.acme.example Staging",
            "www.acme.example": "Acme www.acme.example Production",
        });
        const sites = (one: string, other: string) =>
            program((acme) => {
                site("a", acme, one);
                site("b", acme, other);
            });
        await handOver(sites("a.acme.example", "b.acme.example"), sites("b.acme.example", "a.acme.example"), {
            "a.acme.example": "Acme a.acme.example Production",
            "b.acme.example": "Acme b.acme.example Production",
        });
    });

    it("goes from an environment's own to an alias without a moment between, live or not", async () => {
        const hostname = "promo.acme.example";
        await handOver(
            program((acme) => {
                const www = site("www", acme, "www.acme.example");
                copy("staging", www, hostname);
            }),
            program((acme) => {
                const www = site("www", acme, "www.acme.example");
                copy("staging", www, "staging.acme.example");
                alias("promo", www, hostname);
            }),
            {
                [hostname]: "Acme www.acme.example Production",
                "staging.acme.example": "Acme www.acme.example Staging",
                "www.acme.example": "Acme www.acme.example Production",
            },
        );
        assert.deepEqual(await listGaps([hostname]), []);
    });

    it("of another stack is not taken without consent", () =>
        withFolder(async (folder) => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const first = program((acme) => alias("shop", site("www", acme, "www.acme.example"), "shop.acme.example"));
            const stack = await openStackHere({ folder, program: first, environment });
            await stack.up();
            await withFolder(async (other) => {
                const mine =
                    (adopt?: boolean): PulumiFn =>
                    async () => {
                        const own = new section.Organization("own", { name: "Own" });
                        new section.Application("shop", {
                            organization: own.id,
                            hostname: "shop.acme.example",
                            origin,
                            adopt,
                        });
                    };
                const second = await openStackHere({ folder: other, program: mine(), environment, name: "second" });
                await assert.rejects(
                    second.preview(),
                    /shop\.acme\.example is attached to environment \d+\/\d+\/Production and belongs to \S+\/test shop; shop would take it away/,
                );
                second.setProgram(mine(true));
                await second.up();
                assert.equal((await see())["shop.acme.example"], "Own shop.acme.example Production");
                await second.destroy();
            });
            await stack.destroy();
        }));
});
