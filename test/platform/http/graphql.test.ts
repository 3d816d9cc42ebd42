import assert from "node:assert/strict";
import type { Api } from "../../support/api";
import { applicationArchive, sendUpload } from "../../support/archive";
import { withClone } from "../../support/clone";
import { fresh, onEveryPlatform } from "../../support/stores";

const at = "/new/authorized/graphql_api/query";
const ps =
    "query DeploymentStatus($moduleName: String!, $environmentID: Int!){deploymentStatus(moduleName:$moduleName, environmentID:$environmentID){inService state instanceName payloadID}}";
const logs =
    "query Logs($moduleName: String!, $environmentId: Int!, $instanceName: String, $length: Int){logs(moduleName:$moduleName, environmentId:$environmentId, instanceName:$instanceName, length:$length){timestamp instanceName message type}}";
const follow =
    "query Logs($moduleName: String!, $environmentId: Int!, $instanceName: String, $length: Int, $startTimestampRfc3339: String){logs(moduleName:$moduleName, environmentId:$environmentId, instanceName:$instanceName, length:$length, startTimestampRfc3339:$startTimestampRfc3339){timestamp instanceName message type}}";

onEveryPlatform("GraphQL", (platform) => {
    /** As sectionctl sends it. */
    const ask = async (
        query: string,
        variables: unknown = {},
        who: { token?: string | undefined; headers?: Record<string, string> } = platform(),
    ) => {
        const credentials: Record<string, string> =
            who.headers ?? (who.token === undefined ? {} : { "section-token": who.token });
        const answer = await fetch(platform().url + at, {
            method: "POST",
            headers: { ...credentials, "content-type": "application/json" },
            body: JSON.stringify({ operationName: "", variables, query }),
        });
        assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
        assert.match(answer.headers.get("aperture-tx-id") ?? "", /^\d+\.\d+$/);
        // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
        return { status: answer.status, json: (await answer.json()) as any };
    };
    const basic = (user: string, password: string) => ({
        headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` },
    });

    it("makes and lists tokens, by the queries without a selection", async () => {
        const person = await platform().signUp(`${fresh("token")}@agency.example`);
        const made = await ask("mutation { createUserAPIToken }", undefined, basic("x", person.token as string));
        const { createUserAPIToken: token } = made.json.data;
        assert.equal(
            (await fetch(`${platform().url}/api/v1/user`, { headers: { "section-token": token } })).status,
            200,
        );
        const { status, json } = await ask("{ userAPITokens }", undefined, { token });
        assert.equal(status, 200);
        assert.deepEqual(
            json.data.userAPITokens.map(({ description }: { description: string }) => description),
            ["test", "made with GraphQL"],
        );
        assert.ok(!JSON.stringify(json).includes(token), "no value is shown again");
        const named = await ask('mutation { createUserAPIToken(description: "laptop") }', undefined, { token });
        assert.equal(typeof named.json.data.createUserAPIToken, "string");
        assert.equal(
            (await ask(`mutation { createUserAPIToken(description: "${"x".repeat(201)}") }`, undefined, { token }))
                .status,
            400,
        );
    });

    it("a token that reads lists and makes none", async () => {
        const reader = await platform().signUp(`${fresh("reader")}@agency.example`, "read");
        assert.equal((await ask("{ userAPITokens }", {}, reader)).status, 200);
        const { status, json } = await ask("mutation { createUserAPIToken }", {}, reader);
        assert.deepEqual(
            [status, json.data.createUserAPIToken, json.errors[0].extensions.code],
            [403, null, "forbidden"],
        );
        assert.match(json.message, /this token may only read/);
        assert.equal((await ask("{ userAPITokens }", {}, reader)).json.data.userAPITokens.length, 1);
    });

    it("tells what runs, and what it wrote, by sectionctl's own queries", () =>
        withClone(platform(), async ({ account, application, root, write, push }) => {
            const { api, url, token } = platform();
            const [{ id: environmentID }] = await api.get(root);
            assert.deepEqual((await ask(ps, { moduleName: "varnish", environmentID })).json, {
                data: { deploymentStatus: [] },
            });
            const { json: uploaded } = await sendUpload(url, token, await applicationArchive(), {
                account_id: String(account),
                app_id: String(application),
            });
            await write(
                "varnish/.section-external-source.json",
                JSON.stringify({ section_payload_id: uploaded.payloadID }),
            );
            assert.equal((await push()).code, 0);
            const { commit } = await api.get(`${root}/Production/head`);
            assert.deepEqual((await ask(ps, { moduleName: "varnish", environmentID })).json, {
                data: {
                    deploymentStatus: [
                        {
                            inService: true,
                            state: "Running",
                            instanceName: `varnish-${commit.slice(0, 10)}`,
                            payloadID: uploaded.payloadID,
                        },
                    ],
                },
            });
            const place = { moduleName: "varnish", environmentId: environmentID };
            assert.deepEqual((await ask(logs, { ...place, instanceName: "", length: 100 })).json, {
                data: { logs: [] },
            });
            assert.deepEqual(
                (
                    await ask(follow, {
                        ...place,
                        instanceName: "",
                        length: 1500,
                        startTimestampRfc3339: "2026-01-31T12:00:00Z",
                    })
                ).json,
                {
                    data: { logs: [] },
                },
            );
            assert.match((await ask(logs, { ...place, length: 1501 })).json.message, /length is 1501/);
            assert.match(
                (await ask(follow, { ...place, startTimestampRfc3339: "yesterday" })).json.message,
                /is no time such as/,
            );
        }));

    it("only to who belongs to the account; to others there is nothing", async () => {
        const { api, signUp, url } = platform();
        const { account, application } = await api.makeSite("Acme", `${fresh("gql")}.acme.example`);
        const [{ id: environmentID }] = await api.get(`/account/${account}/application/${application}/environment`);
        const email = `${fresh("gql")}@agency.example`;
        const person: Api = await signUp(email);
        const [there, missing] = [
            await ask(ps, { moduleName: "varnish", environmentID }, person),
            await ask(ps, { moduleName: "varnish", environmentID: 987_654 }, person),
        ];
        assert.deepEqual([there.status, missing.status], [404, 404]);
        assert.equal(
            JSON.stringify(there.json).replaceAll(`environment ${environmentID}.`, "environment N."),
            JSON.stringify(missing.json).replaceAll("987654", "N"),
        );
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
        assert.equal((await ask(ps, { moduleName: "varnish", environmentID }, person)).status, 200);
        const unknown = await ask(ps, { moduleName: "nodejs", environmentID }, person);
        assert.deepEqual([unknown.status, unknown.json], [200, { data: { deploymentStatus: [] } }]);
        const unread = await ask(logs, { moduleName: "nodejs", environmentId: environmentID }, person);
        assert.deepEqual([unread.status, /has no proxy named "nodejs"/.test(unread.json.message)], [404, true]);
        for (const nobody of [{}, { token: "wrong" }, basic("olga@agency.example", "wrong"), basic("", "x")]) {
            const { status, json } = await ask(ps, { moduleName: "varnish", environmentID }, nobody);
            assert.deepEqual([status, typeof json.message], [401, "string"]);
        }
        const both = await ask(
            `{ good: deploymentStatus(moduleName: "varnish", environmentID: ${environmentID}) { state } bad: deploymentStatus(moduleName: "varnish", environmentID: 987654) { state } }`,
        );
        assert.deepEqual(
            [both.status, both.json.data, both.json.errors.length, both.json.message],
            [200, { good: [], bad: null }, 1, undefined],
        );
        assert.equal((await fetch(url + at, { headers: { "section-token": platform().token } })).status, 405);
    });

    it("refuses what is no query, and what asks too much, without failing", async () => {
        const odd: [unknown, RegExp][] = [
            ["not json", /not JSON|query/],
            [{}, /query/],
            [{ query: "" }, /query/],
            [[{ query: "{ userAPITokens }" }], /body/],
            [{ query: "{" }, /Syntax Error/],
            [{ query: "{ nothing }" }, /Cannot query field "nothing"/],
            [{ query: ps }, /moduleName/],
            [{ query: ps, variables: { moduleName: "x", environmentID: "7" } }, /Int cannot represent/],
            [{ query: ps, variables: { moduleName: "x", environmentID: 2 ** 31 } }, /Int cannot represent/],
            [{ query: "query A { userAPITokens } query B { userAPITokens }" }, /Must provide operation name/],
            [{ query: "{ userAPITokens }", operationName: "Other" }, /Unknown operation/],
            [{ query: "subscription { x }" }, /./],
            [
                { query: `{ ${Array.from({ length: 21 }, (_, index) => `a${index}: userAPITokens`).join(" ")} }` },
                /at most 20 fields at its root/,
            ],
            [{ query: `{ ${"userAPITokens ".repeat(3000)} }` }, /tokens/],
            [
                { query: `{ __schema { types { ${"fields { type { ".repeat(12)} name ${"} } ".repeat(12)} } } }` },
                /introspection depth/i,
            ],
        ];
        for (const [body, reason] of odd) {
            const answer = await fetch(platform().url + at, {
                method: "POST",
                headers: { "section-token": platform().token },
                body: typeof body === "string" ? body : JSON.stringify(body),
            });
            assert.equal(answer.status, 400, JSON.stringify(body).slice(0, 100));
            assert.match(((await answer.json()) as { message: string }).message, reason);
        }
        const large = await fetch(platform().url + at, {
            method: "POST",
            headers: { "section-token": platform().token },
            body: "x".repeat(100_000),
        });
        assert.equal(large.status, 413);
        const { json } = await ask(
            "{ __schema { queryType { name fields { name args { name type { name ofType { name } } } } } } }",
        );
        assert.deepEqual(
            json.data.__schema.queryType.fields.map(({ name }: { name: string }) => name),
            ["userAPITokens", "deploymentStatus", "logs"],
        );
    });
});
