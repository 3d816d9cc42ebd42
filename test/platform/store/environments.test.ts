import assert from "node:assert/strict";
import { insertApplication } from "../../../platform/store/applications";
import { isTaken } from "../../../platform/store/database-failure";
import {
    deleteEnvironmentRow,
    environmentNameConstraint,
    findEnvironment,
    findEnvironmentOfUser,
    hasUnsettledEnvironments,
    insertEnvironment,
    listEnvironmentRows,
    listNamesakes,
    moveEnvironment,
    setEnvironmentState,
} from "../../../platform/store/environments";
import { insertMembership } from "../../../platform/store/memberships";
import { onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("environments", (store) => {
    it("names are unique in an application, whatever their case", async () => {
        const { account, application } = await makeApplication(store());
        const failure = await insertEnvironment(store().database, account.id, application.id, "PRODUCTION").then(
            () => assert.fail("it was inserted"),
            (error) => error,
        );
        assert.ok(isTaken(failure, environmentNameConstraint), String(failure));
    });

    it("are found by their exact name, in their own account, once they are ready", async () => {
        const { account, application } = await makeApplication(store());
        const { account: other } = await makeAccount(store());
        const staging = await insertEnvironment(store().database, account.id, application.id, "Staging");
        assert.equal(await findEnvironment(store().database, account.id, application.id, "Staging"), undefined);
        await moveEnvironment(store().database, account.id, staging.id, "creating", "ready");
        assert.equal((await findEnvironment(store().database, account.id, application.id, "Staging"))?.id, staging.id);
        assert.equal(await findEnvironment(store().database, account.id, application.id, "staging"), undefined);
        assert.equal(await findEnvironment(store().database, other.id, application.id, "Staging"), undefined);
        await deleteEnvironmentRow(store().database, account.id, staging.id);
        assert.deepEqual(
            (await listEnvironmentRows(store().database, account.id, application.id)).map(({ name }) => name),
            ["Production"],
        );
    });

    it("of several applications are listed by name, and tell when one is being made", async () => {
        const { database } = store();
        const { account, application, environment } = await makeApplication(store());
        const other = await insertApplication(database, account.id, "other");
        const twin = await insertEnvironment(database, account.id, other.id, "Production");
        const ids = async (accountId: number) =>
            (await listNamesakes(database, accountId, [application.id, other.id], "Production")).map(({ id }) => id);
        assert.deepEqual(await ids(account.id), [environment.id, twin.id]);
        assert.deepEqual(await ids(account.id + 1), []);
        assert.equal(await hasUnsettledEnvironments(database, account.id, application.id), false);
        assert.equal(await hasUnsettledEnvironments(database, account.id, other.id), true);
    });

    it("are found by their id alone by whoever belongs to their account", async () => {
        const { user, account, environment } = await makeApplication(store());
        const { user: stranger } = await makeAccount(store());
        assert.equal(
            await findEnvironmentOfUser(store().database, user.id, environment.id),
            undefined,
            "an owner without membership",
        );
        await insertMembership(store().database, account.id, user.id, "readonly");
        const found = await findEnvironmentOfUser(store().database, user.id, environment.id);
        assert.deepEqual([found?.name, found?.account_id, found?.capability], ["Production", account.id, "readonly"]);
        assert.equal(await findEnvironmentOfUser(store().database, stranger.id, environment.id), undefined);
        await moveEnvironment(store().database, account.id, environment.id, "ready", "deleting");
        assert.equal(await findEnvironmentOfUser(store().database, user.id, environment.id), undefined);
    });

    it("have a state of their own beside the branch, that another account cannot set", async () => {
        const { account, application, environment } = await makeApplication(store());
        const { account: other } = await makeAccount(store());
        const stateOf = async () => {
            const row = await findEnvironment(store().database, account.id, application.id, "Production");
            return [row?.outage_page, row?.dns_bypassed];
        };
        assert.deepEqual(await stateOf(), [null, false]);
        await setEnvironmentState(store().database, account.id, environment.id, { outage_page: "a.html" });
        await setEnvironmentState(store().database, account.id, environment.id, { dns_bypassed: true });
        await setEnvironmentState(store().database, other.id, environment.id, {
            outage_page: null,
            dns_bypassed: false,
        });
        assert.deepEqual(await stateOf(), ["a.html", true]);
    });
});
