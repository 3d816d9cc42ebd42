import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { CompiledQuery } from "kysely";
import { pino } from "pino";
import type { Caller, Member } from "../platform/auth/caller";
import { openContext } from "../platform/open-context";
import { readOptions } from "../platform/options";
import { createAccount } from "../platform/service/accounts";
import { createApplication } from "../platform/service/applications";
import type { Context } from "../platform/service/context";
import { createEnvironment } from "../platform/service/environments";
import { addToken } from "../platform/service/tokens";
import { addUser } from "../platform/service/users";
import { Api } from "../test/support/api";
import { mustGit } from "../test/support/git";
import { type SpawnedPlatform, spawnPlatform, withFolder } from "../test/support/platform";
import { startCluster } from "../test/support/postgres";
import { seedDatabase } from "../test/support/seed";
import { median, printCount, timed } from "./figures";

const sitesOfOrganization = 100;
const rounds = 100;
const loadAtOnce = 32;
const loadMs = 5_000;
const ticksPerSecond = 100;

interface Estate {
    dataDir: string;
    databaseUrl?: string;
    token: string;
    accounts: number[];
    sites: { account: number; application: number }[];
}

const environmentOf = ({ databaseUrl }: Estate): Record<string, string> => ({
    SECTION_PLATFORM_APPLICATION_LIMIT: "1000000",
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
});

async function withContext<T>(
    { dataDir, databaseUrl }: Pick<Estate, "dataDir" | "databaseUrl">,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const settings = readOptions({ dataDir, databaseUrl, dnsServers: ["127.0.0.1:9"] });
    const { context, close } = await openContext(settings, pino({ level: "silent" }));
    return work(context).finally(close);
}

/** An organization of a hundred sites, each with Production and Staging, made as clients make them. */
async function makeOrganization(context: Context, estate: Estate, caller: Caller): Promise<void> {
    const { id } = await createAccount(context, caller, "Client");
    const member: Member = { caller, accountId: id, capability: "admin" };
    estate.accounts.push(id);
    for (let index = 0; index < sitesOfOrganization; index += 1) {
        const application = await createApplication(context, member, {
            hostname: `www.site${index}.example`,
            origin: "192.0.2.1",
        });
        await createEnvironment(context, member, application.id, {
            name: "Staging",
            from: "Production",
            hostname: `staging.site${index}.example`,
        });
        estate.sites.push({ account: id, application: application.id });
    }
}

/** What differs between a row and its k-th copy. */
const differences = {
    accounts: "'id', one.id + k * {stride}, 'name', one.name || k",
    memberships: "'account_id', one.account_id + k * {stride}",
    applications:
        "'id', one.id + k * {stride}, 'account_id', one.account_id + k * {stride}, 'name', replace(one.name, '.site', '.s' || k || 'x')",
    environments:
        "'id', one.id + k * {stride}, 'account_id', one.account_id + k * {stride}, 'application_id', one.application_id + k * {stride}",
    domains: `'hostname', replace(one.hostname, '.site', '.s' || k || 'x'), 'account_id', one.account_id + k * {stride},
        'application_id', one.application_id + k * {stride}, 'environment_id', one.environment_id + k * {stride}`,
};

function linkOrCopy(source: string, target: string): void {
    try {
        linkSync(source, target);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EMLINK") throw error; // ext4 has 65,000 names for a file
        copyFileSync(source, target);
    }
}

function linkFolder(from: string, to: string): void {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
        if (entry.isDirectory()) linkFolder(source, target);
        else linkOrCopy(source, target);
    }
}

/**
 * Copies the organization until there are so many sites: its rows by the database itself, its repositories as second
 * names of the same files.
 */
async function multiply({ store, repositories }: Context, estate: Estate, count: number): Promise<void> {
    const run = (statement: string) => store.database.executeQuery(CompiledQuery.raw(statement));
    const [stride, copies] = [1000, count / sitesOfOrganization - 1];
    for (const [table, difference] of Object.entries(differences)) {
        const row = `jsonb_populate_record(null::${table}, to_jsonb(one) || jsonb_build_object(${difference.replaceAll("{stride}", String(stride))}))`;
        await run(
            `insert into ${table} select copy.* from ${table} one, generate_series(1, ${copies}) k, lateral ${row} copy`,
        );
        if (difference.startsWith("'id'"))
            await run(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
    }
    await run("vacuum (analyze)");
    const originals = [...estate.sites];
    for (let copy = 1; copy <= copies; copy += 1) {
        for (const { account, application } of originals) {
            const site = { account: account + copy * stride, application: application + copy * stride };
            const folderOf = (applicationId: number) => repositories.folder({ accountId: 0, applicationId });
            linkFolder(folderOf(application), folderOf(site.application));
            estate.sites.push(site);
        }
    }
    estate.accounts = [...new Set(estate.sites.map(({ account }) => account))];
}

/** Files and bytes of a repository as the disk counts them. */
function measureFolder(folder: string): { files: number; bytes: number } {
    const found = { files: 0, bytes: statSync(folder).blocks * 512 };
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
        found.files += Number(entry.isFile());
        found.bytes += statSync(path.join(entry.parentPath, entry.name)).blocks * 512;
    }
    return found;
}

function pick<T>(list: readonly T[]): T {
    return list[Math.floor(Math.random() * list.length)] as T;
}

function printRepositorySizes({ repositories }: Context, { sites }: Estate): void {
    const measured = sites.map(({ account, application }) =>
        measureFolder(repositories.folder({ accountId: account, applicationId: application })),
    );
    const mean = (key: "files" | "bytes") => measured.reduce((sum, each) => sum + each[key], 0) / measured.length;
    printCount("  a site's repository", mean("bytes") / 1024, "KiB");
    printCount("", mean("files"), "files");
}

async function printDatabaseSize({ store }: Context, { sites }: Estate): Promise<void> {
    const { rows } = await store.database.executeQuery<{ bytes: string }>(
        CompiledQuery.raw(
            "select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
        ),
    );
    printCount("  a site's rows, with indexes", Number(rows[0]?.bytes) / sites.length / 1024, "KiB");
}

/** Seconds of processor that a process and its ended children have used. */
function processorSeconds(pid: number): number {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

/**
 * What many clients at once get, and what of a processor the platform itself uses for it; the rest is the database and
 * git.
 */
async function printLoad(name: string, { pid }: SpawnedPlatform, request: () => Promise<unknown>): Promise<void> {
    const [before, end] = [processorSeconds(pid), performance.now() + loadMs];
    let count = 0;
    const client = async () => {
        while (performance.now() < end) {
            await request();
            count += 1;
        }
    };
    const ms = await timed(() => Promise.all(Array.from({ length: loadAtOnce }, client)));
    printCount(`  ${name}, ${loadAtOnce} clients`, (count / ms) * 1000, "/s");
    printCount("", ((processorSeconds(pid) - before) / ms) * 1e5, "% of a core for the platform");
}

async function printTimes(estate: Estate, folder: string): Promise<void> {
    let platform = await spawnPlatform(estate.dataDir, { environment: environmentOf(estate) });
    const api = new Api(platform.url, estate.token);
    const site = () => {
        const { account, application } = pick(estate.sites);
        return `/account/${account}/application/${application}/environment`;
    };
    let serial = 0;
    const readList = () => api.get(`/account/${pick(estate.accounts)}/application`);
    const readHead = () => api.get(`${site()}/Production/head`);
    const edit = () => {
        serial += 1;
        return api.must("POST", `${site()}/Production/ipRestrictions`, {
            ip_blacklist: [`10.${serial >> 16}.${(serial >> 8) & 255}.${serial & 255}`],
        });
    };
    const clone = () => {
        const { account, application } = pick(estate.sites);
        serial += 1;
        return mustGit(
            folder,
            estate.token,
            "clone",
            "--quiet",
            `${platform.url}/account/${account}/application/${application}/x.git`,
            `clone${serial}`,
        );
    };
    const create = () => {
        serial += 1;
        return api.must("POST", `/account/${pick(estate.accounts)}/application/create`, {
            hostname: `www.new${serial}.example`,
            origin: "192.0.2.1",
        });
    };
    const steps = {
        "the sites of an organization": readList,
        "a branch's head": readHead,
        "a new site": create,
        "an edit, one commit": edit,
        "git clone": clone,
    };
    for (const [name, step] of Object.entries(steps)) {
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) times.push(await timed(step));
        printCount(`  ${name}, p50`, median(times), "ms");
    }
    await printLoad("reads of heads", platform, readHead);
    await printLoad("new sites", platform, create);
    await printLoad("edits", platform, edit);
    await printLoad("clones", platform, clone);
    const ready: number[] = [];
    for (let round = 0; round < 3; round += 1) {
        await platform.kill();
        ready.push(
            await timed(async () => {
                platform = await spawnPlatform(estate.dataDir, { environment: environmentOf(estate) });
            }),
        );
    }
    printCount("  kill -9 to ready", median(ready), "ms", estate.sites.length <= 10_000 ? 3_000 : undefined);
    await platform.stop();
}

async function benchEstate(name: string, databaseUrl: string | undefined, size: number): Promise<void> {
    await withFolder(async (folder) => {
        const dataDir = path.join(folder, "platform");
        if (databaseUrl === undefined) await seedDatabase(dataDir);
        const estate: Estate = { dataDir, databaseUrl, token: "", accounts: [], sites: [] };
        console.log(`${size} sites on ${name}`);
        await withContext(estate, async (context) => {
            const email = "olga@agency.example";
            const { id } = await addUser(context, { email, firstName: "Olga" });
            estate.token = (await addToken(context, { userId: id, description: "bench" })).token;
            await makeOrganization(context, estate, {
                userId: id,
                email,
                name: "Olga",
                verified: true,
                scope: "write",
                via: "token",
            });
            printRepositorySizes(context, estate);
            await multiply(context, estate, size);
            await printDatabaseSize(context, estate);
        });
        await printTimes(estate, folder);
    });
}

/** What a platform does as it grows: sizes, times, and what it is busy with. */
export async function benchScale(isFull: boolean): Promise<void> {
    for (const size of [1_000, 10_000]) await benchEstate("PGlite", undefined, size);
    const cluster = await startCluster();
    try {
        for (const size of isFull ? [10_000, 100_000] : [10_000])
            await benchEstate("PostgreSQL", await cluster.createDatabase(), size);
    } finally {
        await cluster.stop();
    }
}
