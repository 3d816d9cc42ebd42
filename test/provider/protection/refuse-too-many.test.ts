import assert from "node:assert/strict";
import { Client } from "section-client";
import { refuseTooMany } from "../../../provider/protection/refuse-too-many";
import { startDns } from "../../support/dns";
import { startPlatform } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const nothing = { organizations: [], sites: [], environments: [], hostnames: [], people: [] };

describe("how much may leave", () => {
    it("counts organizations, sites and environments that are there, by client, and says first how to keep them", async () => {
        const session = await openTestSession({ maxDeletes: 2 });
        const hostname = `${fresh("leave")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", hostname);
        const [id, client] = [`${account}/${application}`, "Acme"];
        const leaving = {
            ...nothing,
            organizations: [{ id: String(account), words: "organization Acme", client }],
            sites: [{ id, hostname, words: `site ${hostname}`, client }],
            environments: [
                { id: `${id}/Staging`, words: `environment Staging of ${hostname}`, client, isAlone: false },
            ],
        };
        await assert.rejects(refuseTooMany(session, leaving), (problem: Error & { lines: string[] }) => {
            assert.match(
                problem.message,
                /^3 things would be deleted at once, and section:maxDeletes is 2\. To keep one, put it back into the program, .* state delete URN, then pulumi-section drift --left release\. After pulumi state move, run pulumi-section up in the other stack first\. To delete exactly these, .* SECTION_MAX_DELETES=3/,
            );
            assert.deepEqual(problem.lines, [
                `  Acme: environment Staging of ${hostname}, organization Acme, site ${hostname}`,
            ]);
            return true;
        });
        assert.deepEqual(session.told, []);
        const pure = await openTestSession({ maxDeletes: 2 });
        await pure.client.once("features", async () => ({ extensions: new Set() }));
        await assert.rejects(refuseTooMany(pure, leaving), {
            message:
                /or let the stack forget it and section-guard, each with pulumi state delete URN: this endpoint cannot tell what the stack has let go\. To delete exactly/,
        });
        const allowing = await openTestSession({ maxDeletes: 3 });
        await refuseTooMany(allowing, leaving);
        assert.match(
            allowing.told.join("\n"),
            /^section:maxDeletes is 3 and allows that 3 things leave:\n {2}Acme: environment/,
        );

        await session.platform.api.must("DELETE", `/account/${account}/application/${application}`);
        const later = await openTestSession({ maxDeletes: 1 });
        await refuseTooMany(later, leaving);
        assert.match(later.told.join("\n"), /allows that 1 thing leaves:\n {2}Acme: organization Acme$/);
        await refuseTooMany(later, nothing);
        assert.equal(later.told.length, 2);
    });

    it("counts hostnames that are live now and would go, where live ones may go at all", async () => {
        const dns = await startDns(new Map([["shop.acme.example", "shop.acme.example.c.section.io"]]));
        const platform = await startPlatform({ dnsServers: [dns.address] });
        try {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const environment = `${account}/${application}/Production`;
            const path = `/account/${account}/application/${application}/environment/Production/domain`;
            for (const name of ["shop", "new"]) await platform.api.must("POST", `${path}/${name}.acme.example`);
            const hostnames = ["shop.acme.example", "new.acme.example"].map((hostname) => ({
                hostname,
                environment,
                client: "Acme",
                isAlone: true,
            }));
            const open = async (allowLiveDelete: boolean) => ({
                ...(await openTestSession({ maxDeletes: 0, allowLiveDelete })),
                client: new Client({ endpoint: platform.url, token: platform.token }),
            });
            await assert.rejects(refuseTooMany(await open(true), { ...nothing, hostnames }), {
                message: /^1 thing would be deleted at once/,
                lines: ["  Acme: live hostname shop.acme.example"],
            });
            await refuseTooMany(await open(false), { ...nothing, hostnames });
        } finally {
            await platform.close();
            dns.close();
        }
    });
});
