import { insertAccount } from "../../../platform/store/accounts";
import { insertApplication, moveApplication } from "../../../platform/store/applications";
import type { ApplicationRow, CertificateRow, EnvironmentRow, UserRow } from "../../../platform/store/database";
import { insertDomain } from "../../../platform/store/domains";
import { insertEnvironment, moveEnvironment } from "../../../platform/store/environments";
import type { Store } from "../../../platform/store/store";
import { ensureUser } from "../../../platform/store/users";
import { fresh } from "../../support/stores";

export async function makeUser({ database }: Store): Promise<UserRow> {
    const email = `${fresh("user")}@agency.example`;
    return (await ensureUser(database, { email, email_key: email })).user;
}

/** A user with an account of their own. */
export async function makeAccount(store: Store) {
    const user = await makeUser(store);
    return { user, account: await insertAccount(store.database, fresh("Account "), user.id) };
}

/** An application with Production, both ready. */
export async function makeApplication(store: Store) {
    const { user, account } = await makeAccount(store);
    const application: ApplicationRow = await insertApplication(
        store.database,
        account.id,
        `${fresh("www")}.acme.example`,
    );
    const environment: EnvironmentRow = await insertEnvironment(
        store.database,
        account.id,
        application.id,
        "Production",
    );
    await moveApplication(store.database, account.id, application.id, "creating", "ready");
    await moveEnvironment(store.database, account.id, environment.id, "creating", "ready");
    return { user, account, application, environment };
}

/** A domain with the row of a certificate for it. */
export async function makeDomain(store: Store, engaged = false) {
    const { account, application, environment } = await makeApplication(store);
    const hostname = `${fresh("cert")}.acme.example`;
    await insertDomain(store.database, {
        hostname,
        account_id: account.id,
        application_id: application.id,
        environment_id: environment.id,
    });
    if (engaged)
        await store.database.updateTable("domains").set({ engaged }).where("hostname", "=", hostname).execute();
    const certificate: CertificateRow = {
        hostname,
        account_id: account.id,
        type: "custom",
        chain: "pem",
        private_key: Buffer.from([0, 1, 255]),
        expires_at: new Date("2026-12-01T00:00:00Z"),
        renew_from: null,
        issued_at: new Date("2026-09-01T00:00:00Z"),
    };
    return { account, hostname, certificate };
}
