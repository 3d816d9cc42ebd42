import assert from "node:assert/strict";
import {
    deleteDomain,
    deleteDomains,
    findDomain,
    hostnameConstraint,
    insertDomain,
    isHostnameTaken,
    listDomains,
    setEngaged,
} from "../../../platform/store/domains";
import { isTaken } from "../../../platform/store/failure";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication } from "./rows";

onEveryStore("domains", (store) => {
    it("are unique on the whole platform", async () => {
        const one = await makeApplication(store());
        const other = await makeApplication(store());
        const hostname = `${fresh("host")}.acme.example`;
        const row = ({ account, application, environment }: typeof one) => ({
            hostname,
            account_id: account.id,
            application_id: application.id,
            environment_id: environment.id,
        });
        await insertDomain(store().database, row(one));
        const failure = await insertDomain(store().database, row(other)).then(
            () => assert.fail("it was inserted"),
            (error) => error,
        );
        assert.ok(isTaken(failure, hostnameConstraint), String(failure));
        assert.equal(await isHostnameTaken(store().database, hostname), true);
        assert.equal(await findDomain(store().database, other.account.id, hostname), undefined);
        assert.equal((await findDomain(store().database, one.account.id, hostname))?.environment_name, "Production");
    });

    it("are listed by place and state, and deleted in their own account only", async () => {
        const { account, application, environment } = await makeApplication(store());
        const { account: stranger } = await makeAccount(store());
        const names = [`${fresh("a")}.acme.example`, `${fresh("b")}.acme.example`];
        for (const hostname of names)
            await insertDomain(store().database, { hostname, account_id: account.id, application_id: application.id, environment_id: environment.id });
        await setEngaged(store().database, account.id, names[1] as string, true);
        assert.deepEqual(
            (await listDomains(store().database, account.id, { engaged: true })).map(({ hostname }) => hostname),
            [names[1]],
        );
        await deleteDomain(store().database, stranger.id, names[0] as string);
        assert.equal((await listDomains(store().database, account.id, { environmentId: environment.id })).length, 2);
        await deleteDomain(store().database, account.id, names[0] as string);
        await deleteDomains(store().database, account.id, { applicationId: application.id });
        assert.deepEqual(await listDomains(store().database, account.id), []);
    });
});
