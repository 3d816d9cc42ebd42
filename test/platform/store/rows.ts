import { insertAccount } from "../../../platform/store/accounts";
import { insertApplication, moveApplication } from "../../../platform/store/applications";
import type { ApplicationRow, EnvironmentRow } from "../../../platform/store/database";
import { insertEnvironment, moveEnvironment } from "../../../platform/store/environments";
import type { Store } from "../../../platform/store/store";
import { ensureUser } from "../../../platform/store/users";
import { fresh } from "../../support/stores";

/** A user with an account of their own. */
export async function makeAccount({ database }: Store) {
    const email = `${fresh("user")}@agency.example`;
    const { user } = await ensureUser(database, { email, email_key: email });
    return { user, account: await insertAccount(database, fresh("Account "), user.id) };
}

/** An application with Production, both ready. */
export async function makeApplication(store: Store) {
    const { user, account } = await makeAccount(store);
    const application: ApplicationRow = await insertApplication(store.database, account.id, `${fresh("www")}.acme.example`);
    const environment: EnvironmentRow = await insertEnvironment(store.database, account.id, application.id, "Production");
    await moveApplication(store.database, account.id, application.id, "creating", "ready");
    await moveEnvironment(store.database, account.id, environment.id, "creating", "ready");
    return { user, account, application, environment };
}
