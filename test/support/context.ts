import { after } from "mocha";
import { pino } from "pino";
import type { Member } from "../../platform/auth/caller";
import { openContext } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { createAccount } from "../../platform/service/accounts";
import type { Context } from "../../platform/service/context";
import { addUser } from "../../platform/service/users";
import { fresh, freshStoreOptions } from "./stores";

let shared: Promise<{ context: Context; close(): Promise<void> }> | undefined;

after(async () => {
    await (await shared)?.close();
});

/** What use cases work with, on a temporary embedded database that all tests of this process share. */
export async function sharedContext(): Promise<Context> {
    shared ??= freshStoreOptions("PGlite").then((options) => openContext(readOptions({ ...options, dnsServers: ["127.0.0.1:9"] }), pino({ level: "silent" })));
    return (await shared).context;
}

/** A new user as owner of a new account. */
export async function makeMember(context: Context): Promise<Member> {
    const user = await addUser(context, { email: `${fresh("member")}@agency.example`, firstName: "Mina" });
    const caller = { userId: user.id, email: user.email, name: "Mina", scope: "write" as const, via: "token" as const };
    const { id } = await createAccount(context, caller, fresh("Account "));
    return { caller, accountId: id, capability: "admin" };
}
