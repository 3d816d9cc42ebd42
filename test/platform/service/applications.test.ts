import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import {
    createApplication,
    deleteApplication,
    getApplication,
    listApplications,
    namesApplication,
    refuseSplit,
} from "../../../platform/service/applications";
import { makeMember, sharedContext } from "../../support/context";
import { type DnsName, startDns } from "../../support/dns";
import { fresh } from "../../support/stores";

describe("application use cases", () => {
    it("count against the limit of an account", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const limited = { ...context, options: { ...context.options, applicationLimit: 1 } };
        const request = () => ({ hostname: `${fresh("lim")}.acme.example`, origin: "192.0.2.1" });
        const first = await createApplication(limited, member, request());
        await assert.rejects(createApplication(limited, member, request()), {
            message: "System limit exceeded. Contact support to increase this limit.",
        });
        await deleteApplication(limited, member, first.id);
        assert.notEqual((await createApplication(limited, member, request())).id, first.id);
        assert.equal((await listApplications(context, member)).length, 1);
    });

    it("of another account do not exist", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("own")}.acme.example`,
            origin: "192.0.2.1",
        });
        for (const attempt of [getApplication(context, stranger, id), deleteApplication(context, stranger, id)])
            await assert.rejects(attempt, { code: "not-found" });
        assert.ok(await context.repositories.exists({ accountId: member.accountId, applicationId: id }));
    });

    it("know their own hostname in any spelling", () => {
        assert.equal(namesApplication({ name: "WWW.acme.example" }, "www.acme.example"), true);
        assert.equal(namesApplication({ name: "www.acme.example" }, "acme.example"), false);
    });

    it("take their origin from the DNS when none is named, and never from a private network", async () => {
        const names = new Map<string, DnsName>();
        const dns = await startDns(names);
        try {
            const context = { ...(await sharedContext()), dns: new Dns([dns.address]) };
            const member = await makeMember(context);
            const originOf = async (hostname: string) => {
                const { id } = await createApplication(context, member, { hostname, origin: "" });
                const text = await context.repositories.readFile(
                    { accountId: member.accountId, applicationId: id },
                    "Production",
                    "section.config.json",
                );
                return JSON.parse(String(text)).environments.Production.origin.address;
            };
            const [fixed, alias, inside] = [
                `${fresh("o")}.acme.example`,
                `${fresh("o")}.acme.example`,
                `${fresh("o")}.acme.example`,
            ];
            names
                .set(fixed, { A: ["192.0.2.7"] })
                .set(alias, "site.hosting.example")
                .set("site.hosting.example", { A: ["192.0.2.8"] });
            names.set(inside, { A: ["10.0.0.1"] });
            assert.equal(await originOf(fixed), "192.0.2.7");
            assert.equal(await originOf(alias), "site.hosting.example");
            await assert.rejects(
                originOf(inside),
                /origin is missing and .* does not resolve to one: .* has addresses of a private network only/,
            );
            await assert.rejects(originOf(`${fresh("none")}.acme.example`), {
                code: "invalid-input",
                property: "origin",
            });
        } finally {
            dns.close();
        }
    });

    it("that are split from another say whose things they share", () => {
        const row = {
            id: 8,
            account_id: 1,
            name: "x",
            path_prefix: "/",
            state: "ready" as const,
            claim: null,
            created_at: new Date(),
        };
        refuseSplit({ ...row, root_id: null }, "domains");
        assert.throws(
            () => refuseSplit({ ...row, root_id: 7 }, "domains"),
            /application 8 is split from application 7 and shares its domains\. Do it at application 7\./,
        );
    });
});
