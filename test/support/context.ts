import path from "node:path";
import { after, before } from "mocha";
import { pino } from "pino";
import type { Member } from "../../platform/auth/caller";
import { openContext } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { createAccount } from "../../platform/service/accounts";
import type { Context } from "../../platform/service/context";
import { addUser } from "../../platform/service/users";
import { type ReadMail, readMails } from "./mails";
import { fresh, freshStoreOptions } from "./stores";

/** The public address of the shared context. */
export const publicUrl = "https://platform.example";

let mailDir = "";
let shared: Promise<{ context: Context; close(): Promise<void> }> | undefined;

// before all tests, not in the first one that needs it: making the database takes longer than a test may
before(async function () {
    this.timeout(120_000);
    await sharedContext();
});

after(async () => {
    await (await shared)?.close();
});

/** A context for use cases, on a temporary embedded database that all tests of this process share. */
export async function sharedContext(): Promise<Context> {
    shared ??= freshStoreOptions("PGlite").then((options) => {
        mailDir = path.join(options.dataDir, "mail");
        return openContext(
            readOptions({ ...options, publicUrl, registration: true, dnsServers: ["127.0.0.1:9"] }),
            pino({ level: "silent" }),
        );
    });
    return (await shared).context;
}

/** The mails that the shared context wrote to somebody, the oldest first. */
export async function mailsTo(email: string): Promise<ReadMail[]> {
    return readMails(mailDir, email);
}

/** A new user as owner of a new account, in person. */
export async function makeMember(context: Context): Promise<Member> {
    const user = await addUser(context, { email: `${fresh("member")}@agency.example`, firstName: "Mina" });
    const caller = {
        userId: user.id,
        email: user.email,
        name: "Mina",
        verified: true,
        scope: "write" as const,
        via: "password" as const,
    };
    const { id } = await createAccount(context, caller, fresh("Account "));
    return { caller, accountId: id, capability: "admin" };
}
