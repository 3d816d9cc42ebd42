import assert from "node:assert/strict";
import { deleteAccountRow, insertAccount } from "../../../platform/store/accounts";
import { insertApplication, moveApplication } from "../../../platform/store/applications";
import { insertDomain, setEngaged } from "../../../platform/store/domains";
import { insertEnvironment, moveEnvironment } from "../../../platform/store/environments";
import { listAttachedDomains, listOrganizationRows, listSiteRows } from "../../../platform/store/listings";
import { insertMembership } from "../../../platform/store/memberships";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount } from "./rows";

const first = { limit: 10, offset: 0 };

onEveryStore("listings", (store) => {
    /** An account with sites of these names; each has Production with a hostname of its name. */
    async function makeSites(...names: string[]) {
        const { database } = store();
        const { user, account } = await makeAccount(store());
        await insertMembership(database, account.id, user.id, "state");
        for (const name of names) {
            const { id } = await insertApplication(database, account.id, name);
            const environment = await insertEnvironment(database, account.id, id, "Production");
            await moveApplication(database, account.id, id, "creating", "ready");
            await moveEnvironment(database, account.id, environment.id, "creating", "ready");
            await insertDomain(database, {
                hostname: name,
                account_id: account.id,
                application_id: id,
                environment_id: environment.id,
            });
        }
        return { user, account };
    }

    it("count what an organization and its sites hold, in one statement each", async () => {
        const { database } = store();
        const [a, b] = [`${fresh("a")}.acme.example`, `${fresh("b")}.acme.example`];
        const { user, account } = await makeSites(b, a);
        await insertApplication(database, account.id, "half-made.example");
        await setEngaged(database, account.id, a, true, new Date());
        const mine = await listOrganizationRows(database, user.id, first);
        assert.deepEqual(mine, {
            rows: [
                { id: account.id, name: account.name, capability: "state", sites: 2, domains: 2, live: 1, total: 1 },
            ],
            total: 1,
        });
        const { rows, total } = await listSiteRows(database, account.id, first);
        assert.equal(total, 2);
        assert.deepEqual(
            rows.map(({ name, environments, domains, live }) => [name, environments, domains, live]),
            [
                [a, ["Production"], 1, 1],
                [b, ["Production"], 1, 0],
            ],
        );
        assert.deepEqual(
            (await listAttachedDomains(database, account.id, first)).rows.map(
                ({ hostname, engaged, application_name, environment_name }) => [
                    hostname,
                    engaged,
                    application_name,
                    environment_name,
                ],
            ),
            [
                [b, false, b, "Production"],
                [a, true, a, "Production"],
            ],
            "what is not live comes first",
        );
    });

    it("search whatever the case, every hostname, and take no character for a pattern", async () => {
        const { database } = store();
        const unique = fresh("site");
        const { user, account } = await makeSites(`${unique}-one.example`, `${unique}_two.example`);
        const [site] = (await listSiteRows(database, account.id, { ...first, search: "ONE" })).rows;
        assert.equal(site?.name, `${unique}-one.example`);
        const production = await database
            .selectFrom("environments")
            .select("id")
            .where("application_id", "=", site?.id as number)
            .executeTakeFirstOrThrow();
        await insertDomain(database, {
            hostname: `${unique}.alias.example`,
            account_id: account.id,
            application_id: site?.id as number,
            environment_id: production.id,
        });
        const names = async (search: string) =>
            (await listSiteRows(database, account.id, { ...first, search })).rows.map(({ name }) => name);
        assert.deepEqual(await names("alias"), [`${unique}-one.example`], "by another hostname");
        assert.deepEqual(await names("_"), [`${unique}_two.example`]);
        assert.deepEqual([await names("%"), await names("\\"), await names("' or 1=1 --")], [[], [], []]);
        assert.equal(
            (await listOrganizationRows(database, user.id, { ...first, search: account.name.toUpperCase() })).total,
            1,
        );
        assert.equal((await listAttachedDomains(database, account.id, { ...first, search: "ALIAS" })).total, 1);
    });

    it("give what is split from a site the site's hostnames", async () => {
        const { database } = store();
        const hostname = `${fresh("root")}.example`;
        const { account } = await makeSites(hostname);
        const [root] = (await listSiteRows(database, account.id, first)).rows;
        const split = await insertApplication(database, account.id, `${hostname}/shop/`, {
            root_id: root?.id,
            path_prefix: "/shop/",
        });
        await moveApplication(database, account.id, split.id, "creating", "ready");
        const { rows } = await listSiteRows(database, account.id, { ...first, search: hostname });
        assert.deepEqual(
            rows.map(({ name, domains }) => [name, domains]),
            [
                [hostname, 1],
                [`${hostname}/shop/`, 1],
            ],
        );
    });

    it("are cut into pages and know how long they are", async () => {
        const { database } = store();
        const { account } = await makeSites(...Array.from({ length: 5 }, () => `${fresh("page")}.example`));
        const pages = await Promise.all(
            [0, 2, 4, 6].map((offset) => listSiteRows(database, account.id, { limit: 2, offset })),
        );
        assert.deepEqual(
            pages.map(({ rows }) => rows.length),
            [2, 2, 1, 0],
        );
        assert.deepEqual(
            pages.slice(0, 3).map(({ total }) => total),
            [5, 5, 5],
        );
        assert.equal(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size, 5);
    });

    it("hold nothing of others", async () => {
        const { database } = store();
        const ours = await makeSites(`${fresh("ours")}.example`);
        const theirs = await makeSites(`${fresh("theirs")}.example`);
        const empty = await insertAccount(database, "Empty", theirs.user.id);
        assert.equal(
            (await listOrganizationRows(database, ours.user.id, first)).rows.some(({ id }) => id === theirs.account.id),
            false,
        );
        assert.deepEqual(await listSiteRows(database, empty.id, first), { rows: [], total: 0 });
        assert.equal((await listSiteRows(database, ours.account.id, { ...first, search: "theirs" })).total, 0);
        assert.equal((await listAttachedDomains(database, ours.account.id, { ...first, search: "theirs" })).total, 0);
        await deleteAccountRow(database, empty.id);
    });
});
