import assert from "node:assert/strict";
import { lastCommit, lastOf, newestOf, readLoggedChanges } from "../../../cli/estate/last-changes";
import { setClaims } from "../../../client/claims";
import { Client } from "../../../client/client";
import { findApplication } from "../../../provider/lookup/find";
import { makeClaim } from "../../support/claims";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("last changes", function () {
    this.timeout(60_000);

    it("are the newest lines of the log about a site and each of its environments", async () => {
        const { client, platform } = await openTestSession();
        const hostname = `${fresh("last")}.acme.example`;
        const { account, application } = await platform.api.makeSite("Last", hostname);
        const at = `/account/${account}/application/${application}`;
        await platform.api.must("POST", `${at}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `s.${hostname}`,
        });
        await platform.api.must("PATCH", `/account/${account}`, { account_name: "Later" });
        const site = await findApplication(client, { hostname });
        const logged = await readLoggedChanges(client, account, [site]);
        assert.deepEqual([...logged].map(([id, { what }]) => [id, what]).sort(), [
            [`${account}/${application}`, "made Staging"],
            [`${account}/${application}/Production`, "made the site"],
            [`${account}/${application}/Staging`, "made Staging"],
        ]);
    });

    it("say whose a thing became", async () => {
        const { client, platform } = await openTestSession();
        const hostname = `${fresh("whose")}.acme.example`;
        const { account: organization, application } = await platform.api.makeSite("Whose", hostname);
        const site = await findApplication(client, { hostname });
        const [first, second] = [makeClaim("www"), makeClaim("www2", "dev")];
        const deeds: (string | undefined)[] = [];
        for (const [expected, claim] of [
            [null, first],
            [first.id, second],
            [second.id, null],
        ] as const) {
            await setClaims(client, organization, [{ thing: { application }, expected, claim }]);
            const fromNowOn = new Client(client.connection);
            const logged = await readLoggedChanges(fromNowOn, organization, [site]);
            deeds.push(logged.get(`${organization}/${application}`)?.what);
        }
        assert.deepEqual(deeds, [
            "claimed it for agency/prod www",
            "took it from agency/prod www for agency/dev www2",
            "released it from agency/dev www2",
        ]);
    });

    it("are the newest of what is known", () => {
        const commit = lastCommit({
            id: "c",
            subject: "Words",
            name: "Ada",
            email: "ada@agency.example",
            date: "2026-11-25T05:00:00+02:00",
        });
        assert.deepEqual(commit, {
            who: "Ada <ada@agency.example>",
            at: "2026-11-25T03:00:00.000Z",
            what: "Words",
            commit: "c",
        });
        const later = { ...commit, at: "2026-11-25T03:00:00.001Z" };
        assert.equal(newestOf([undefined, commit, later, commit]), later);
        assert.equal(newestOf([undefined]), undefined);
        const second = (count: number) => ({ ...commit, at: `2026-11-25T03:00:0${count}.000Z` });
        const [logged, made, pushed] = [second(1), second(3), second(4)];
        assert.equal(lastOf(made, logged), logged, "the commit of the same request");
        assert.equal(lastOf(pushed, logged), pushed);
        assert.deepEqual(
            [lastOf(made, undefined), lastOf(undefined, logged), lastOf(undefined, undefined)],
            [made, logged, undefined],
        );
    });
});
