import assert from "node:assert/strict";
import {
    deleteApplicationRow,
    findApplication,
    findApplicationOf,
    insertApplication,
    insertSiteRows,
    listApplicationRows,
    listEveryApplication,
    listFamily,
    moveApplication,
    prefixConstraint,
    showApplication,
} from "../../../platform/store/applications";
import { isTaken } from "../../../platform/store/database-failure";
import { insertDomain } from "../../../platform/store/domains";
import { findEnvironment } from "../../../platform/store/environments";
import { insertMembership } from "../../../platform/store/memberships";
import { measureAccount } from "../../../platform/store/repository-sizes";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("applications", (store) => {
    it("shows what is ready only, and counts everything", async () => {
        const { account, application } = await makeApplication(store());
        const half = await insertApplication(store().database, account.id, "half.acme.example");
        assert.deepEqual(
            (await listApplicationRows(store().database, account.id)).map(({ id }) => id),
            [application.id],
        );
        assert.equal(await findApplication(store().database, account.id, half.id), undefined);
        assert.deepEqual(await measureAccount(store().database, account.id), { applications: 2, keptBytes: 0 });
        assert.ok(
            (await listEveryApplication(store().database)).some(
                ({ id, state }) => id === half.id && state === "creating",
            ),
        );
    });

    it("begins with an environment, and both are shown at once", async () => {
        const { database } = store();
        const { account } = await makeAccount(store());
        const made = await insertSiteRows(database, account.id, "www.acme.example", "Production", null);
        const { id, account_id, application_id, name, state } = made;
        assert.deepEqual([account_id, name, state], [account.id, "Production", "creating"]);
        const isThere = async () => [
            (await findApplication(database, account.id, application_id))?.name,
            (await findEnvironment(database, account.id, application_id, "Production"))?.id,
        ];
        assert.deepEqual(await isThere(), [undefined, undefined]);
        await showApplication(database, account.id + 1, application_id);
        assert.deepEqual(await isThere(), [undefined, undefined], "of another account");
        await showApplication(database, account.id, application_id);
        assert.deepEqual(await isThere(), ["www.acme.example", id]);
    });

    it("belongs to one account: another one finds and deletes nothing", async () => {
        const { account, application } = await makeApplication(store());
        const { account: other } = await makeAccount(store());
        assert.equal(await findApplication(store().database, other.id, application.id), undefined);
        await deleteApplicationRow(store().database, other.id, application.id);
        assert.equal((await findApplication(store().database, account.id, application.id))?.id, application.id);
    });

    it("moves from one state only", async () => {
        const { account, application } = await makeApplication(store());
        assert.equal(await moveApplication(store().database, account.id, application.id, "creating", "ready"), false);
        assert.equal(await moveApplication(store().database, account.id, application.id, "ready", "deleting"), true);
        assert.equal(
            await moveApplication(store().database, account.id, application.id, "ready", "deleting"),
            false,
            "only one can begin a deletion",
        );
    });

    it("are a family with what is split from them, where each prefix is there once", async () => {
        const { database } = store();
        const { account, application } = await makeApplication(store());
        const split = await insertApplication(database, account.id, "x/shop/", {
            root_id: application.id,
            path_prefix: "/shop/",
        });
        const again = insertApplication(database, account.id, "x/shop/", {
            root_id: application.id,
            path_prefix: "/shop/",
        });
        assert.ok(isTaken(await again.catch((error) => error), prefixConstraint));
        const other = await makeApplication(store());
        await insertApplication(database, other.account.id, "y/shop/", {
            root_id: other.application.id,
            path_prefix: "/shop/",
        });
        assert.deepEqual(
            (await listFamily(database, account.id, application.id)).map(({ id, path_prefix }) => [id, path_prefix]),
            [
                [application.id, "/"],
                [split.id, "/shop/"],
            ],
        );
        assert.deepEqual(await listFamily(database, other.account.id, application.id), []);
    });

    it("are found by hostname by their own people only", async () => {
        const { database } = store();
        const { user, account, application, environment } = await makeApplication(store());
        const { user: stranger } = await makeAccount(store());
        await insertMembership(database, account.id, user.id, "readonly");
        const hostname = `${fresh("found")}.acme.example`;
        await insertDomain(database, {
            hostname,
            account_id: account.id,
            application_id: application.id,
            environment_id: environment.id,
        });
        assert.equal((await findApplicationOf(database, user.id, hostname))?.name, application.name);
        assert.equal(await findApplicationOf(database, stranger.id, hostname), undefined);
    });
});
