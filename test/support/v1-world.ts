import { pino } from "pino";
import { openContext } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { setTwoFactorRule } from "../../platform/service/account-administration";
import type { Context } from "../../platform/service/context";
import { sealCertificate } from "../../platform/service/sealed-certificate";
import { addToken } from "../../platform/service/tokens";
import { addUser } from "../../platform/service/users";
import { replaceCertificate } from "../../platform/store/certificates";
import { openStore } from "../../platform/store/store";
import { Api } from "./api";
import { issueChain } from "./certificates";
import { startDns } from "./dns";
import { startListening } from "./listening-server";
import { pushFiles } from "./push";
import { fresh, freshStoreOptions, type StoreKind } from "./stores";
import type { Site } from "./v1-requests";

/** Larger than any right request, small enough to be sent to every operation. */
export const maxBodyBytes = 50_000;
export const password = "correct horse battery staple";

/** Servers over the same data, each in another state, and people who may do different things. */
export interface V1World {
    /** Speaks as v1 does; `pure` without extensions. */
    right: { pure: string; extended: string };
    /** The server where everybody is over the rate limit. */
    limited: string;
    /** The server whose database is gone. */
    broken: string;
    site: Site;
    token: string;
    readToken: string;
    readonlyToken: string;
    /** An account that requires two factors. Its owner has a password. */
    strict: { email: string; account: number };
    close(): Promise<void>;
}

async function makeUser(context: Context, name: string, scope: "read" | "write" = "write") {
    const email = `${fresh(name)}@agency.example`;
    const { id } = await addUser(context, { email, firstName: name, lastName: "Tester", password });
    return { id, email, token: (await addToken(context, { userId: id, description: "test", scope })).token };
}

/** Gives a hostname a certificate as if one had been issued just now. */
async function giveCertificate(context: Context, accountId: number, hostname: string): Promise<void> {
    const { site, intermediate, privateKey } = await issueChain([hostname], { name: `CN=${hostname}` });
    const checked = { certificates: [`${site.certificate}\n`, `${intermediate.certificate}\n`], privateKey };
    await replaceCertificate(
        context.store.database,
        sealCertificate(context, { hostname, accountId, type: "letsencrypt" }, checked as never),
    );
}

/** An application where every GET of v1 has something to show. */
async function makeSite(context: Context, api: Api, url: string): Promise<Site> {
    const zone = `${fresh("contract")}.example`;
    const hostname = `www.${zone}`;
    const { account, application, gitUrl } = await api.makeSite("Acme", hostname);
    const { email } = await makeUser(context, "member");
    const { user: member } = await api.must("POST", `/account/${account}/user`, { email });
    const at = `/account/${account}/application/${application}/environment/Production`;
    await api.must("POST", `${at}/enableHostedDNS`, { zoneName: zone });
    await pushFiles(api.token as string, gitUrl.replace(/^.*(?=\/account)/, url), {
        files: { "outage_pages/busy.html": "<p>Busy" },
    });
    await giveCertificate(context, account, hostname);
    return { api, account, application, hostname, zone, userId: (await api.get("/user")).id, memberId: member.id };
}

/** Starts all servers over one database. */
export async function startV1World(kind: StoreKind): Promise<V1World> {
    const dns = await startDns(new Map());
    const stored = await freshStoreOptions(kind);
    const publicUrl = "https://platform.example";
    const opened = await openContext(
        readOptions({ ...stored, publicUrl, dnsServers: [dns.address], userRequestsPerMinute: 0 }),
        pino({ level: "silent" }),
    );
    const { context } = opened;
    const wire = (extensions: boolean) => ({ extensions, publicUrl, edgeDomain: "c.section.io" });
    const gone = await openStore(await freshStoreOptions("PGlite"));
    await gone.close();
    const [extended, pure, limited, broken] = await Promise.all([
        startListening({ maxBodyBytes }, { context }),
        startListening({ maxBodyBytes }, { context, wire: wire(false) }),
        startListening({}, { context, userRequestsPerMinute: 1e-9 }), // one a minute would come back meanwhile
        startListening({}, { context: { ...context, store: gone, callers: undefined } }),
    ]);
    const owner = await makeUser(context, "owner");
    const api = new Api(extended.url, owner.token);
    const site = await makeSite(context, api, extended.url);
    const reader = await addToken(context, { userId: owner.id, description: "reads", scope: "read" });
    const guest = await makeUser(context, "guest");
    await api.must("POST", `/account/${site.account}/user`, { email: guest.email, accountCapability: "readonly" });
    const strictOwner = await makeUser(context, "strict");
    const { id: strictAccount } = await new Api(extended.url, strictOwner.token).must("POST", "/account", {
        name: "Strict",
    });
    await setTwoFactorRule(context, strictAccount, true);
    await new Api(limited.url, owner.token).call("GET", "/user");
    return {
        right: { pure: pure.url, extended: extended.url },
        limited: limited.url,
        broken: broken.url,
        site,
        token: owner.token,
        readToken: reader.token,
        readonlyToken: guest.token,
        strict: { email: strictOwner.email, account: strictAccount },
        close: async () => {
            await Promise.all([extended, pure, limited, broken].map((server) => server.close()));
            await opened.close();
            dns.close();
        },
    };
}
