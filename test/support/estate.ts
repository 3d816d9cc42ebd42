import type { Api } from "./api";
import type { RunningPlatform } from "./platform";

/** Names that clients have and that code, shells, files and engines stumble over. */
const oddNames = [
    "Acme",
    "Acme",
    "acme!",
    'Bäckerei "Süß" & Söhne',
    "O'Neil \\ Partners",
    "日本の店",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the odd thing about it
    "`${process.exit(7)}`",
    "*/ ../.. <!--",
    "__proto__",
    "Constructor",
    "Acme-2",
    "🙂",
];
const atOnce = 8;

export interface SeededEstate {
    organizations: number;
    members: number;
    sites: number;
    environments: number;
    domains: number;
    /** Words about things that a program cannot declare. */
    oddities: RegExp[];
}

async function inParallel<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async () => {
        while (next < items.length) {
            const index = next;
            next += 1;
            await work(items[index] as T, index);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
}

/** One site; its number decides whether it has further hostnames, environments, a split or undeclared files. */
async function makeSite(api: Api, account: number, index: number, counts: SeededEstate): Promise<void> {
    const hostname = index % 7 === 0 ? `site${index}.example` : `www.site${index}.example`;
    const { id } = await api.must("POST", `/account/${account}/application/create`, {
        hostname,
        origin: "origin.example.net",
    });
    const at = `/account/${account}/application/${id}`;
    counts.sites += 1;
    counts.environments += 1;
    counts.domains += 1;
    const attach = async (environment: string, name: string) => {
        await api.must("POST", `${at}/environment/${environment}/domain/${name}`);
        counts.domains += 1;
    };
    const branch = async (name: string, from: string, first: string) => {
        await api.must("POST", `${at}/environment/create`, { name, source_environment_name: from, domain_name: first });
    };
    if (index % 2 === 0) await attach("Production", `shop.site${index}.example`);
    if (index % 3 !== 0) {
        await branch("Staging", "Production", `staging.site${index}.example`);
        counts.environments += 1;
        counts.domains += 1;
    }
    if (index % 6 === 1) {
        await attach("Staging", `qa.site${index}.example`);
        await branch("preview2", "Staging", `preview.site${index}.example`);
        await attach("preview2", `a.preview.site${index}.example`);
        counts.environments += 1;
        counts.domains += 1;
    }
    if (index % 10 === 5) await api.must("POST", `${at}/split`, { pathPrefix: "/shop/" });
    if (index % 10 === 3) {
        await branch("Bare", "Production", `bare.site${index}.example`);
        await api.must("DELETE", `${at}/environment/Bare/domain/bare.site${index}.example`);
    }
    if (index % 10 === 7)
        await api.call(
            "PATCH",
            `${at}/environment/Production/update`,
            [{ op: "add", path: "", value: { by: "somebody else" } }],
            {
                filepath: "deploy/notes.json",
            },
        );
}

/** Fills a platform with sites, some of them odd, straight through its API. */
export async function seedEstate(
    { api, signUp }: RunningPlatform,
    sites: number,
    sitesPerClient = 5,
): Promise<SeededEstate> {
    const counts: SeededEstate = { organizations: 0, members: 0, sites: 0, environments: 0, domains: 0, oddities: [] };
    const clients = Array.from(
        { length: Math.ceil(sites / sitesPerClient) },
        (_, index) => oddNames[index] ?? `Client ${index}`,
    );
    const accounts: number[] = [];
    for (const name of clients) accounts.push((await api.must("POST", "/account", { name })).id);
    counts.organizations = clients.length;
    counts.members = clients.length;
    await signUp("reader@agency.example");
    await inParallel(accounts, async (account, index) => {
        const invite = (email: string, accountCapability: string) =>
            api.must("POST", `/account/${account}/user`, { email, accountCapability });
        await invite("Reader@agency.example", "readonly");
        await invite(`pending+${index % 3}@client${index}.example`, "state");
        counts.members += 2;
    });
    await inParallel(Array.from({ length: sites }), (_, index) =>
        makeSite(api, accounts[Math.floor(index / sitesPerClient)] as number, index, counts),
    );
    const stranger = await signUp("stranger@agency.example");
    const { id } = await stranger.must("POST", "/account", { name: "Not ours to change" });
    await stranger.must("POST", `/account/${id}/user`, { email: "olga@agency.example", accountCapability: "readonly" });
    counts.oddities = [/organization Not ours to change: the token's user is no admin of it/];
    if (sites > 5) counts.oddities.push(/application www\.site5\.example\/shop\/: is split off by a path/);
    if (sites > 3) counts.oddities.push(/environment www\.site3\.example\/Bare: has no hostname/);
    return counts;
}
