import assert from "node:assert/strict";
import { type Capability, capabilities } from "section-model";
import type { Route } from "../../platform/http/route";
import { allRoutes } from "../../platform/http/routes";
import { Api } from "../support/api";
import { type RunningPlatform, startPlatform } from "../support/platform";

type Carrier = "header" | "query" | "Basic";
const carriers: Carrier[] = ["header", "query", "Basic"];

interface Persona {
    name: string;
    token: string | undefined;
    capability?: Capability;
    readOnly?: boolean;
}

interface Reply {
    status: number;
    body: string;
    code?: string;
}

/** Sends one request with the token in one carrier. */
async function ask(url: string, method: string, path: string, token: string | undefined, carrier: Carrier): Promise<Reply> {
    const target = new URL(path, url);
    const headers: Record<string, string> = {};
    if (token !== undefined) {
        if (carrier === "header") headers["section-token"] = token;
        if (carrier === "query") target.searchParams.set("access_token", token);
        if (carrier === "Basic") headers.authorization = `Basic ${Buffer.from(`section-token:${token}`).toString("base64")}`;
    }
    const answer = await fetch(target, { method, headers, body: method === "POST" || method === "PATCH" ? "{}" : undefined });
    const body = await answer.text();
    let code: string | undefined;
    try {
        code = JSON.parse(body).code;
    } catch {
        code = undefined;
    }
    return { status: answer.status, body, code };
}

/** The path of a route in one account; everything below the account is something that nobody has, so that no test changes anything. */
function pathOf({ path }: Route, accountId: number): string {
    const values: Record<string, string> = {
        accountId: String(accountId),
        applicationId: "999999",
        userId: "999999",
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
    return `/api/v1${path.replaceAll(/:(\w+)/g, (_, name: string) => values[name] as string)}`;
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
        platform = await startPlatform();
        ({ account, application } = await platform.api.makeSite("Acme", "www.acme.example"));
        const invite = (email: string, accountCapability: Capability) => platform.api.must("POST", `/account/${account}/user`, { email, accountCapability });
        for (const capability of capabilities) {
            const { token } = await platform.signUp(`${capability}@agency.example`);
            await invite(`${capability}@agency.example`, capability);
            personas.push({ name: `member (${capability})`, token, capability });
        }
        const reader = await platform.signUp("reading-admin@agency.example", "read");
        await invite("reading-admin@agency.example", "admin");
        personas.push({ name: "admin with a token that reads", token: reader.token, capability: "admin", readOnly: true });
        personas.push({ name: "anonymous", token: undefined });
        const outsider = await platform.signUp("outsider@elsewhere.example");
        await outsider.makeSite("Elsewhere", "www.elsewhere.example");
        personas.push({ name: "outsider", token: outsider.token });
        const revoked = await platform.signUp("revoked@agency.example");
        await invite("revoked@agency.example", "admin");
        const [token] = await revoked.get("/user/token");
        await revoked.call("DELETE", `/user/token/${token.id}`);
        personas.push({ name: "revoked", token: revoked.token });
        personas.push({ name: "forged", token: `${platform.token?.slice(0, -1)}x` });
    });
    after(() => platform.close());

    const isNobody = ({ name }: Persona) => name === "anonymous" || name === "revoked" || name === "forged";

    it("every route x every persona x every carrier answers by the route's access rule", async () => {
        let cells = 0;
        const wrong: string[] = [];
        const missing = 888_888;
        for (const route of allRoutes) {
            const inAccount = route.path.includes(":accountId");
            for (const persona of personas) {
                for (const carrier of persona.token === undefined ? carriers.slice(0, 1) : carriers) {
                    if (persona.token === undefined && route.access === "anonymous") continue;
                    const reply = await ask(platform.url, route.method, pathOf(route, account), persona.token, carrier);
                    cells += 1;
                    const report = (expected: string) =>
                        wrong.push(`${route.operation} by ${persona.name} in ${carrier}: ${reply.status} ${reply.body.slice(0, 120)}; expected ${expected}`);
                    if (reply.status >= 500) report("no failure");
                    else if (isNobody(persona)) {
                        if (reply.status !== 401) report("401");
                    } else if (inAccount && persona.name === "outsider") {
                        const nowhere = await ask(platform.url, route.method, pathOf(route, missing), persona.token, carrier);
                        if (reply.status !== 404 || reply.body.replaceAll(String(account), "N") !== nowhere.body.replaceAll(String(missing), "N"))
                            report(`what a missing account gives: ${nowhere.status} ${nowhere.body}`);
                    } else {
                        const isWrite = route.method !== "GET";
                        const roles = typeof route.access === "string" ? undefined : route.access;
                        const mayNot =
                            (isWrite && persona.readOnly === true) ||
                            (roles !== undefined && persona.capability !== undefined && !roles.includes(persona.capability));
                        if (mayNot && reply.code !== "forbidden") report("403 forbidden");
                        if (!mayNot && (reply.status === 401 || reply.code === "forbidden" || reply.body.includes(`no account ${account}`))) report("access");
                    }
                }
            }
        }
        assert.deepEqual(wrong, []);
        console.log(`      ${allRoutes.length} routes x ${personas.length} personas x carriers: ${cells} answers, 0 wrong`);
    });

    it("git: every member fetches, admins push, nobody else learns that there is anything", async () => {
        let cells = 0;
        const wrong: string[] = [];
        for (const service of gitServices) {
            for (const persona of personas) {
                for (const carrier of persona.token === undefined ? carriers.slice(0, 1) : carriers) {
                    const at = (id: number) => `/account/${id}/application/${application}/www.acme.example.git/${service.path}`;
                    const reply = await ask(platform.url, service.method, at(account), persona.token, carrier);
                    cells += 1;
                    let expected: number[] = [200, 400]; // an empty body is no request of git's
                    if (isNobody(persona)) expected = [401];
                    else if (persona.name === "outsider") {
                        expected = [404];
                        const nowhere = await ask(platform.url, service.method, at(777_777), persona.token, carrier);
                        if (nowhere.body.replaceAll("777777", "N") !== reply.body.replaceAll(String(account), "N"))
                            wrong.push(`${service.name} by an outsider tells a missing account from an existing one`);
                    } else if (service.isWrite && (persona.readOnly || persona.capability !== "admin")) expected = [403];
                    if (!expected.includes(reply.status))
                        wrong.push(`${service.name} by ${persona.name} in ${carrier}: ${reply.status} ${reply.body.slice(0, 100)}`);
                }
            }
        }
        assert.deepEqual(wrong, []);
        assert.equal(
            (await new Api(platform.url, platform.token).get(`/account/${account}/application/${application}/environment/Production/commits`)).length,
            1,
        );
        console.log(`      ${gitServices.length} git services x ${personas.length} personas x carriers: ${cells} answers, 0 wrong`);
    });
});
