import { PassThrough, Readable } from "node:stream";
import { pino } from "pino";
import type { Member } from "../../platform/auth/caller";
import { openContext } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { createAccount } from "../../platform/service/accounts";
import { createApplication, deleteApplication } from "../../platform/service/applications";
import { type BackupOptions, writeBackup } from "../../platform/service/backup";
import { setIpRestrictions } from "../../platform/service/configuration";
import type { Context } from "../../platform/service/context";
import { createEnvironment, deleteEnvironment } from "../../platform/service/environments";
import { type RestoreTarget, restoreBackup } from "../../platform/service/restore";
import { addToken } from "../../platform/service/tokens";
import { addUser } from "../../platform/service/users";
import { fresh } from "./stores";

export interface OpenData {
    dataDir: string;
    context: Context;
    close(): Promise<void>;
}

/** The data of a platform, open without a server. */
export async function openData(where: { dataDir: string; databaseUrl?: string }): Promise<OpenData> {
    const opened = await openContext(readOptions({ ...where, dnsServers: ["127.0.0.1:9"] }), pino({ level: "silent" }));
    return { dataDir: where.dataDir, ...opened };
}

/** A user with an organization. */
export async function makeOwner(context: Context): Promise<Member> {
    const user = await addUser(context, { email: `${fresh("owner")}@agency.example`, password: "correct horse" });
    const caller = {
        userId: user.id,
        email: user.email,
        name: "Olga",
        scope: "write" as const,
        verified: true,
        via: "token" as const,
    };
    await addToken(context, { userId: user.id, description: "x" });
    const { id } = await createAccount(context, caller, fresh("Account "));
    return { caller, accountId: id, capability: "admin" };
}

export const makeSite = (context: Context, member: Member): Promise<{ id: number }> =>
    createApplication(context, member, { hostname: `${fresh("www")}.acme.example`, origin: "192.0.2.1" });

export const makeStaging = (context: Context, member: Member, id: number, name = "Staging") =>
    createEnvironment(context, member, id, { name, from: "Production", hostname: `${fresh("staging")}.acme.example` });

/** A commit on a branch. */
export const change = (context: Context, member: Member, applicationId: number, environment = "Production") =>
    setIpRestrictions(context, member, { applicationId, environment }, [
        `192.0.2.${fresh("").replace(/\D/g, "")}`.slice(0, 11),
    ]);

export { deleteApplication, deleteEnvironment };

export async function takeBackup(
    { context, dataDir }: OpenData,
    options: Partial<BackupOptions> = {},
): Promise<Buffer> {
    const sink = new PassThrough();
    const chunks: Buffer[] = [];
    sink.on("data", (chunk) => void chunks.push(chunk));
    await writeBackup({ database: context.store.database, repositories: context.repositories, dataDir }, sink, {
        withSecretKey: true,
        ...options,
    });
    return Buffer.concat(chunks);
}

export function restore(bytes: Buffer, target: RestoreTarget) {
    return restoreBackup(Readable.from([bytes]), target);
}
