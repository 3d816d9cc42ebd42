import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Logger } from "pino";
import { openAuthority } from "./acme/open-authority";
import { CallerCache } from "./auth/caller-cache";
import { openSecretBox } from "./auth/secret-box";
import { Dns } from "./dns/dns";
import { fairUseOf } from "./fair-use";
import { openRepositories } from "./git/repositories";
import { openMailbox } from "./mail/mailbox";
import type { PlatformSettings } from "./options";
import { PayloadFiles } from "./payload/payload-files";
import { loadAccountKey } from "./service/acme-account";
import { checkConsistency } from "./service/consistency";
import type { Context } from "./service/context";
import { requireNoRestore } from "./service/data-folder";
import { drainOutbox } from "./service/outbox";
import { sweepPayloads } from "./service/payloads";
import { releaseOrders } from "./store/certificate-orders";
import { openStore } from "./store/store";
import { VclCompiler } from "./varnish/vcl-compiler";

export interface OpenContext {
    context: Context;
    close(): Promise<void>;
}

/** Opens database and repositories and finishes work that a crash interrupted: lock, migrate, heal, drain. */
export async function openContext(settings: PlatformSettings, log: Logger): Promise<OpenContext> {
    const temporary = settings.dataDir === undefined;
    const dataDir =
        settings.dataDir === undefined
            ? await mkdtemp(path.join(tmpdir(), "section-platform-"))
            : path.resolve(settings.dataDir);
    const removeTemporary = () => (temporary ? rm(dataDir, { recursive: true, force: true }) : Promise.resolve());
    try {
        await requireNoRestore(dataDir);
        const store = await openStore({
            dataDir,
            databaseUrl: settings.databaseUrl,
            onIdleError: (error) => log.warn({ err: error }, "a database connection ended"),
        });
        try {
            const repositories = await openRepositories({
                root: path.join(dataDir, "repositories"),
                maxChildren: settings.maxGitChildren,
            });
            const secrets = await openSecretBox(dataDir);
            const authority = await openAuthority(settings, (directory) =>
                loadAccountKey({ store, secrets }, directory),
            );
            const context: Context = {
                store,
                repositories,
                payloads: new PayloadFiles(path.join(dataDir, "payloads"), settings.maxPayloadBytes),
                secrets,
                authority,
                compileVcl:
                    settings.varnishd === undefined ? undefined : (await VclCompiler.open(settings.varnishd)).compile,
                mailbox: openMailbox(settings.mailDir ?? path.join(dataDir, "mail")),
                dns: new Dns(settings.dnsServers),
                options: {
                    ...fairUseOf(settings),
                    edgeDomain: settings.edgeDomain,
                    proxyOperationLimit: settings.proxyOperationLimit,
                    certificateTriesPerHour: settings.certificateTriesPerHour,
                    maxPackBytes: settings.maxPackBytes,
                    edgeAddresses: settings.edgeAddresses,
                    nameServers: settings.nameServers ?? ["ns1", "ns2"].map((name) => `${name}.${settings.edgeDomain}`),
                    verifyEveryHours: settings.verifyEveryHours,
                    publicUrl: settings.publicUrl ?? "",
                    mailFrom: settings.mailFrom,
                    registration: settings.registration,
                    extensions: settings.extensions,
                },
                callers: store.isExclusive ? new CallerCache() : undefined,
                now: () => new Date(),
                warn: (message, details) => log.warn(details, message),
            };
            // replicas start while others work: files that they find may be in use unless they are old, so a start
            // leaves them
            const healed = store.isExclusive ? (await repositories.heal()) + (await sweepPayloads(context, 0)) : 0;
            const finished = await drainOutbox(context, { all: store.isExclusive });
            if (store.isExclusive) await releaseOrders(store.database);
            if (healed + finished > 0) log.info({ healed, finished }, "finished what a crash left");
            const close = async () => {
                await authority?.close();
                await repositories.close();
                await store.close();
                await removeTemporary();
            };
            return { context, close };
        } catch (error) {
            await store.close();
            throw error;
        }
    } catch (error) {
        await removeTemporary();
        throw error;
    }
}

/**
 * Says in the log what rows and repositories disagree about. What only waits to be finished is for those who finish it.
 */
export async function reportFindings(context: Context, log: Logger, hurry?: AbortSignal): Promise<number> {
    const findings = (await checkConsistency(context, { hurry })).filter(({ kind }) => kind !== "effect-pending");
    for (const { kind, message } of findings) log.warn({ kind }, message);
    return findings.length;
}
