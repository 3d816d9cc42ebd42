import assert from "node:assert/strict";
import { insertApplication } from "../../../platform/store/applications";
import { findOrder, startOrder } from "../../../platform/store/certificate-orders";
import { findCertificate, replaceCertificate } from "../../../platform/store/certificates";
import { isTaken } from "../../../platform/store/database-failure";
import {
    claimDueDomains,
    deleteDomains,
    findDomain,
    hostnameConstraint,
    insertDomain,
    isHostnameTaken,
    listDomainRows,
    moveDomainRow,
    setCheckDue,
    setEngaged,
} from "../../../platform/store/domains";
import { insertEnvironment } from "../../../platform/store/environments";
import { makeClaim } from "../../support/claims";
import { fresh, onEveryStore } from "../../support/stores";
import { makeAccount, makeApplication, makeDomain } from "./rows";

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
            await insertDomain(store().database, {
                hostname,
                account_id: account.id,
                application_id: application.id,
                environment_id: environment.id,
            });
        await setEngaged(store().database, account.id, names[1] as string, true, new Date());
        assert.deepEqual(
            (await listDomainRows(store().database, account.id, { engaged: true })).map(({ hostname }) => hostname),
            [names[1]],
        );
        const [first = "", second = ""] = names;
        assert.deepEqual(await deleteDomains(store().database, stranger.id, { hostname: first }), []);
        const place = { applicationId: application.id, environmentName: "Production" };
        assert.equal((await listDomainRows(store().database, account.id, place)).length, 2);
        assert.deepEqual(await listDomainRows(store().database, stranger.id, place), []);
        assert.deepEqual(await deleteDomains(store().database, account.id, { hostname: first }), [first]);
        assert.deepEqual(await deleteDomains(store().database, account.id, { environmentId: environment.id + 1 }), []);
        assert.deepEqual(await deleteDomains(store().database, account.id, { applicationId: application.id }), [
            second,
        ]);
        assert.deepEqual(await listDomainRows(store().database, account.id), []);
    });

    it("serve the applications that are split from theirs, in the environment of the same name", async () => {
        const { database } = store();
        const { account, application, environment } = await makeApplication(store());
        const split = await insertApplication(database, account.id, "split", {
            root_id: application.id,
            path_prefix: "/shop/",
        });
        const staging = await insertEnvironment(database, account.id, application.id, "Staging");
        const hostname = `${fresh("split")}.acme.example`;
        await insertDomain(database, {
            hostname,
            account_id: account.id,
            application_id: application.id,
            environment_id: environment.id,
        });
        const served = async (environmentName: string) =>
            (await listDomainRows(database, account.id, { applicationId: split.id, environmentName })).length;
        assert.deepEqual([await served("Production"), await served("Staging")], [1, 0]);
        const owner = { account_id: account.id, application_id: application.id, environment_id: environment.id };
        const to = { ...owner, environment_id: staging.id, claim: null };
        await moveDomainRow(database, { hostname, ...owner, account_id: account.id + 1 }, to);
        await moveDomainRow(database, { hostname, ...to }, { ...to, environment_id: environment.id });
        assert.deepEqual([await served("Production"), await served("Staging")], [1, 0], "it is not where it was said");
        await moveDomainRow(database, { hostname, ...owner }, to);
        assert.deepEqual([await served("Production"), await served("Staging")], [0, 1]);
    });

    it("go to another account with certificate and order, as live as they are, with the claim that is said", async () => {
        const { database } = store();
        const { account, hostname, certificate } = await makeDomain(store(), true);
        const other = await makeApplication(store());
        await replaceCertificate(database, certificate);
        await startOrder(database, { hostname, accountId: account.id, now: new Date("2099-01-01T00:00:00Z") });
        const domain = await findDomain(database, account.id, hostname);
        assert.ok(domain);
        const claim = { ...makeClaim("shop"), claimed_at: "2099-01-01T00:00:00.000Z" };
        const owner = {
            account_id: other.account.id,
            application_id: other.application.id,
            environment_id: other.environment.id,
        };
        await moveDomainRow(database, domain, { ...owner, claim });
        assert.equal(await findDomain(database, account.id, hostname), undefined);
        assert.deepEqual(await findDomain(database, other.account.id, hostname), {
            ...domain,
            ...owner,
            claim,
        });
        await moveDomainRow(database, { ...domain, ...owner }, { ...owner, claim: null });
        assert.equal((await findDomain(database, other.account.id, hostname))?.claim, null);
        assert.equal((await findCertificate(database, other.account.id, hostname))?.chain, certificate.chain);
        assert.equal((await findOrder(database, other.account.id, hostname))?.hostname, hostname);
        assert.equal(await findCertificate(database, account.id, hostname), undefined);
    });

    it("are taken once when their time comes, by whoever asks, and get their next time", async () => {
        const { database } = store();
        const { account, application, environment } = await makeApplication(store());
        const names = Array.from({ length: 20 }, () => `${fresh("due")}.acme.example`);
        for (const hostname of names) {
            await insertDomain(database, {
                hostname,
                account_id: account.id,
                application_id: application.id,
                environment_id: environment.id,
            });
            await setCheckDue(database, account.id, hostname, new Date("2001-01-01T00:00:00Z"));
        }
        const now = new Date("2001-01-02T00:00:00Z");
        const next = new Date("2101-01-03T00:00:00Z"); // what other tests have made is due before, and so not void
        const claims = await Promise.all(
            Array.from({ length: 5 }, () => claimDueDomains(database, now, next, 3600, 7)),
        );
        const claimed = claims.flat().map(({ hostname }) => hostname);
        assert.equal(new Set(claimed).size, claimed.length, "none twice");
        assert.ok(claims.every((claim) => claim.length <= 7));
        while (claimed.length < 20) {
            // whoever waited for a row that another one took may get less
            const more = await claimDueDomains(database, now, next, 3600, 7);
            assert.ok(more.length > 0);
            claimed.push(...more.map(({ hostname }) => hostname));
        }
        assert.deepEqual(claimed.sort(), names.sort());
        const dues = (await listDomainRows(database, account.id)).map(
            ({ check_due_at }) => check_due_at.getTime() - next.getTime(),
        );
        assert.ok(
            dues.every((distance) => Math.abs(distance) <= 3_600_000),
            "within the spread",
        );
        assert.ok(new Set(dues).size > 15, "and spread");
        assert.deepEqual(await claimDueDomains(database, now, next, 3600, 7), []);
    });
});
