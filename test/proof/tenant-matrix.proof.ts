import assert from "node:assert/strict";
import { type Capability, capabilities } from "section-model";
import { addressOf, type Route } from "../../platform/http/route";
import { allRoutes } from "../../platform/http/routes";
import { setTwoFactorRule } from "../../platform/service/account-administration";
import { Api, basic, withoutId } from "../support/api";
import { asOperator } from "../support/operator";
import { owner, type RunningPlatform, startPlatform, withFolder } from "../support/platform";

type Carrier = "header" | "query" | "Basic";
const carriers: Carrier[] = ["header", "query", "Basic"];

interface Persona {
    name: string;
    token: string | undefined;
    capability?: Capability;
    readOnly?: boolean;
    /** Their e-mail address is not verified, so they are outside of every account. */
    unverified?: boolean;
    /** Their own id. */
    userId?: number;
}

interface Reply {
    status: number;
    body: string;
    code?: string;
}

/** Sends one request with the token in one carrier. */
async function ask(
    url: string,
    method: string,
    path: string,
    token: string | undefined,
    carrier: Carrier,
): Promise<Reply> {
    const target = new URL(path, url);
    const headers: Record<string, string> = {};
    if (token !== undefined) {
        if (carrier === "header") headers["section-token"] = token;
        if (carrier === "query") target.searchParams.set("access_token", token);
        if (carrier === "Basic") headers.authorization = basic("section-token", token).authorization;
    }
    const answer = await fetch(target, {
        method,
        headers,
        body: method === "POST" || method === "PATCH" ? "{}" : undefined,
    });
    const body = await answer.text();
    let code: string | undefined;
    try {
        code = JSON.parse(body).code;
    } catch {
        code = undefined;
    }
    return { status: answer.status, body, code };
}

/**
 * The path of a route in one account; everything below the account does not exist, so that no test changes anything.
 * Outside accounts a user's id is the persona's own.
 */
function pathOf(route: Route, accountId: number, userId = 999_999): string {
    const inAccount = route.path.includes(":accountId");
    const values: Record<string, string> = {
        accountId: String(accountId),
        applicationId: "999999",
        userId: inAccount ? "999999" : String(userId),
        environmentName: "Nowhere",
        hostName: "nowhere.acme.example",
        tokenId: "nothing",
        zoneName: "nowhere.example",
        recordName: "www",
        recordType: "A",
        proxyName: "nothing",
        operationName: "nothing",
        helpId: "nothing",
    };
    return addressOf(route).replaceAll(/:(\w+)/g, (_, name: string) => values[name] as string);
}

const gitServices = [
    { name: "fetch: refs", method: "GET", path: "info/refs?service=git-upload-pack", isWrite: false },
    { name: "fetch: pack", method: "POST", path: "git-upload-pack", isWrite: false },
    { name: "push: refs", method: "GET", path: "info/refs?service=git-receive-pack", isWrite: true },
    { name: "push: pack", method: "POST", path: "git-receive-pack", isWrite: true },
];

describe("who may do what", () => {
    let platform: RunningPlatform;
    let account: number;
    let application: number;
    const personas: Persona[] = [];
    before(async () => {
        platform = await startPlatform({ registration: true });
        ({ account, application } = await platform.api.makeSite("Acme", "www.acme.example"));
        const invite = (email: string, accountCapability: Capability) =>
            platform.api.must("POST", `/account/${account}/user`, { email, accountCapability });
        for (const capability of capabilities) {
            const { token } = await platform.signUp(`${capability}@agency.example`);
            await invite(`${capability}@agency.example`, capability);
            personas.push({ name: `member (${capability})`, token, capability });
        }
        const reader = await platform.signUp("reading-admin@agency.example", "read");
        await invite("reading-admin@agency.example", "admin");
        personas.push({
            name: "admin with a token that reads",
            token: reader.token,
            capability: "admin",
            readOnly: true,
        });
        personas.push({ name: "anonymous", token: undefined });
        const unverified = "unverified@agency.example";
        await platform.api.must("POST", "/public/register", { email: unverified, password: "correct horse battery" });
        await invite(unverified, "admin");
        personas.push({ name: "unverified", token: await platform.tokenFor(unverified), unverified: true });
        const outsider = await platform.signUp("outsider@elsewhere.example");
        await outsider.makeSite("Elsewhere", "www.elsewhere.example");
        personas.push({ name: "outsider", token: outsider.token });
        const revoked = await platform.signUp("revoked@agency.example");
        await invite("revoked@agency.example", "admin");
        const [token] = await revoked.get("/user/token");
        await revoked.call("DELETE", `/user/token/${token.id}`);
        personas.push({ name: "revoked", token: revoked.token });
        personas.push({ name: "forged", token: `${platform.token?.slice(0, -1)}x` });
        for (const persona of personas)
            persona.userId = (await new Api(platform.url, persona.token).call("GET", "/user")).json.id;
    });
    after(() => platform.close());

    const isOutside = ({ name, unverified }: Persona) => name === "outsider" || unverified === true;
    const isNobody = ({ name }: Persona) => name === "anonymous" || name === "revoked" || name === "forged";

    it("every route x every persona x every carrier answers by the route's access rule", async () => {
        let cells = 0;
        const wrong: string[] = [];
        const missing = 888_888;
        for (const route of allRoutes) {
            const inAccount = route.path.includes(":accountId");
            const toAnybody = await ask(platform.url, route.method, pathOf(route, account), undefined, "header");
            for (const persona of personas) {
                for (const carrier of persona.token === undefined ? carriers.slice(0, 1) : carriers) {
                    const reply = await ask(
                        platform.url,
                        route.method,
                        pathOf(route, account, persona.userId),
                        persona.token,
                        carrier,
                    );
                    cells += 1;
                    const report = (expected: string) =>
                        wrong.push(
                            `${route.operation} by ${persona.name} in ${carrier}: ${reply.status} ${reply.body.slice(0, 120)}; expected ${expected}`,
                        );
                    if (reply.status >= 500) report("no failure");
                    else if (route.access === "anonymous") {
                        if (reply.status !== toAnybody.status || reply.body !== toAnybody.body)
                            report(`what anybody gets: ${toAnybody.body}`);
                    } else if (isNobody(persona)) {
                        if (reply.status !== 401) report("401");
                    } else if (inAccount && isOutside(persona)) {
                        const nowhere = await ask(
                            platform.url,
                            route.method,
                            pathOf(route, missing),
                            persona.token,
                            carrier,
                        );
                        if (reply.status !== 404 || withoutId(reply.body, account) !== withoutId(nowhere.body, missing))
                            report(`what a missing account gives: ${nowhere.status} ${nowhere.body}`);
                    } else {
                        const isWrite = route.method !== "GET";
                        const roles = typeof route.access === "string" ? undefined : route.access;
                        const mayNot =
                            (isWrite && persona.readOnly === true) ||
                            (roles !== undefined &&
                                persona.capability !== undefined &&
                                !roles.includes(persona.capability));
                        const mustVerify = route.access === "verified" && persona.unverified === true;
                        if ((reply.code === "unverified") !== mustVerify)
                            report(mustVerify ? "403 unverified" : "no word of verification");
                        if (mayNot && reply.code !== "forbidden") report("403 forbidden");
                        if (
                            !mayNot &&
                            (reply.status === 401 ||
                                reply.code === "forbidden" ||
                                reply.body.includes(`no account ${account}`))
                        )
                            report("access");
                    }
                }
            }
        }
        assert.deepEqual(wrong, []);
        console.log(
            `      ${allRoutes.length} routes x ${personas.length} personas x carriers: ${cells} answers, 0 wrong`,
        );
    });

    it("a deleted account: every route tells its last members so, and to everybody else it was never there", async () => {
        const { id: deleted } = await platform.api.must("POST", "/account", { name: "Gone" });
        const email = "last@agency.example";
        const reader = await platform.signUp(email, "read");
        await platform.api.must("POST", `/account/${deleted}/user`, { email, accountCapability: "readonly" });
        const last: Persona[] = [
            { name: "the former owner", token: platform.token },
            { name: "a former member", token: await platform.tokenFor(email) },
            { name: "a former member with a token that reads", token: reader.token },
        ];
        await platform.api.must("DELETE", `/account/${deleted}`);
        const missing = 888_888;
        const services = gitServices.map(({ method, path }) => ({
            method,
            at: (id: number) => `/account/${id}/application/7/www.acme.example.git/${path}`,
        }));
        const routes = allRoutes
            .filter((route) => route.path.includes(":accountId"))
            .map((route) => ({ method: route.method, at: (id: number) => pathOf(route, id) }));
        const wrong: string[] = [];
        for (const { method, at } of [...routes, ...services]) {
            for (const { name, token } of last) {
                const { status, body } = await ask(platform.url, method, at(deleted), token, "header");
                if (status !== 410 || !body.includes(`organization ${deleted} (Gone) was deleted on`))
                    wrong.push(`${method} ${at(deleted)} by ${name}: ${status} ${body}`);
            }
            for (const { name, token } of personas) {
                const gone = await ask(platform.url, method, at(deleted), token, "header");
                const never = await ask(platform.url, method, at(missing), token, "header");
                if (gone.status !== never.status || withoutId(gone.body, deleted) !== withoutId(never.body, missing))
                    wrong.push(`${method} ${at(deleted)} by ${name}: ${gone.status} ${gone.body}`);
            }
        }
        assert.deepEqual(wrong, []);
    });

    it("a password alone, on an account that requires two factors, does what machines do and nothing else", () =>
        withFolder(async (dataDir) => {
            const password = "correct horse battery";
            const first = await startPlatform({ dataDir });
            const site = await first.api.makeSite("Strict", "www.strict.example");
            await first.setPassword(owner.email, password);
            await first.close();
            await asOperator({ dataDir }, (context) => setTwoFactorRule(context, site.account, true));
            const strict = await startPlatform({ dataDir });
            try {
                const { id } = await strict.api.get("/user");
                const wrong: string[] = [];
                const guarded = allRoutes.filter(({ access }) => access !== "anonymous");
                for (const route of guarded) {
                    const api = new Api(strict.url, undefined);
                    const body = route.method === "POST" || route.method === "PATCH" ? {} : undefined;
                    const { status, json } = await api.call(
                        route.method,
                        pathOf(route, site.account, id),
                        body,
                        basic(owner.email, password),
                    );
                    const isRefused = status === 403 && json?.code === "second-factor";
                    if (isRefused === (route.twoFactorExempt ?? false) || status === 401 || status >= 500)
                        wrong.push(`${route.operation}: ${status}`);
                }
                assert.deepEqual(wrong, []);
                const exempt = guarded.filter(({ twoFactorExempt }) => twoFactorExempt).length;
                console.log(
                    `      ${guarded.length} routes by a password alone: ${exempt} are for machines or lead to a second factor, the others refuse`,
                );
            } finally {
                await strict.close();
            }
        })).timeout(60_000);

    it("git: every member fetches, admins push, nobody else learns that there is anything", async () => {
        let cells = 0;
        const wrong: string[] = [];
        for (const service of gitServices) {
            for (const persona of personas) {
                for (const carrier of persona.token === undefined ? carriers.slice(0, 1) : carriers) {
                    const at = (id: number) =>
                        `/account/${id}/application/${application}/www.acme.example.git/${service.path}`;
                    const reply = await ask(platform.url, service.method, at(account), persona.token, carrier);
                    cells += 1;
                    let expected: number[] = [200, 400]; // an empty body is no request of git's
                    if (isNobody(persona)) expected = [401];
                    else if (isOutside(persona)) {
                        expected = [404];
                        const nowhere = await ask(platform.url, service.method, at(777_777), persona.token, carrier);
                        if (withoutId(nowhere.body, 777_777) !== withoutId(reply.body, account))
                            wrong.push(`${service.name} by an outsider tells a missing account from an existing one`);
                    } else if (service.isWrite && (persona.readOnly || persona.capability !== "admin"))
                        expected = [403];
                    if (!expected.includes(reply.status))
                        wrong.push(
                            `${service.name} by ${persona.name} in ${carrier}: ${reply.status} ${reply.body.slice(0, 100)}`,
                        );
                }
            }
        }
        assert.deepEqual(wrong, []);
        assert.equal(
            (
                await new Api(platform.url, platform.token).get(
                    `/account/${account}/application/${application}/environment/Production/commits`,
                )
            ).length,
            1,
        );
        console.log(
            `      ${gitServices.length} git services x ${personas.length} personas x carriers: ${cells} answers, 0 wrong`,
        );
    });
});
