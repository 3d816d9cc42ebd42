import assert from "node:assert/strict";
import { connect } from "node:net";
import { Api, basic } from "../../support/api";
import { git } from "../../support/git";
import { startListening } from "../../support/listening-server";
import { startPlatform, withFolder } from "../../support/platform";
import { findPostgres, startCluster } from "../../support/postgres";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("the server", (platform) => {
    it("puts a transaction id on every answer", async () => {
        const { api, url } = platform();
        const answers = [
            await api.call("GET", "/user"),
            await api.call("GET", "/nothing"),
            await new Api(url, undefined).call("GET", "/user"),
            await api.call("PUT", "/user"),
        ];
        assert.deepEqual(
            answers.map(({ status }) => status),
            [200, 404, 401, 405],
        );
        const ids = answers.map(({ headers }) => headers.get("aperture-tx-id") ?? "");
        for (const id of ids) assert.match(id, /^\d{12}\.\d{6}$/);
        assert.equal(new Set(ids).size, 4);
        for (const { headers } of answers) assert.match(headers.get("content-type") ?? "", /^application\/json/);
        assert.equal(answers[3]?.headers.get("allow"), "GET, HEAD, OPTIONS, POST");
    });

    it("reads JSON whatever the media type says, and no body as none", async () => {
        const { api } = platform();
        for (const type of ["text/plain", "nonsense", "application/x-www-form-urlencoded"]) {
            assert.equal(
                (await api.call("POST", "/user", '{"company_name":"Acme"}', { "content-type": type })).json
                    .company_name,
                "Acme",
                type,
            );
        }
        assert.equal((await api.call("POST", "/user")).status, 200);
        assert.equal((await api.call("GET", "/user/")).status, 200, "a slash at the end is no difference");
    });

    it("refuses a body that is too large, and lives on", async () => {
        const { api } = platform();
        const { status, json } = await api.call("POST", "/user", { company_name: "x".repeat(11 * 1024 * 1024) });
        assert.deepEqual([status, json.code], [413, "body-too-large"]);
        assert.equal((await api.call("GET", "/user")).status, 200);
    });

    it("answers odd requests with 4xx, never 5xx", async () => {
        const { api } = platform();
        const odd = [
            "/account/99999999999",
            "/account/-1",
            "/account/1e3",
            "/account/%00",
            "/account/0x10",
            "/hostname/%ff",
            "/hostname/%2e%2e",
            `/hostname/${"a".repeat(900)}`,
            "/account/1/application/1/environment/..%2f..",
            "/origin?hostName[]=1",
            "/user?access_token=a&access_token=b",
        ];
        for (const path of odd) {
            const { status } = await api.call("GET", path);
            assert.ok((status >= 400 && status < 500) || path.startsWith("/user"), `${path} answered ${status}`);
        }
        const { hostname, port } = new URL(platform().url);
        const garbage = await new Promise<string>((resolve) => {
            const socket = connect(Number(port), hostname, () => socket.end("NONSENSE\r\n\r\n"));
            let text = "";
            socket.on("data", (chunk) => {
                text += chunk;
            });
            socket.on("close", () => resolve(text));
        });
        assert.match(garbage, /^HTTP\/1\.1 400/);
    });
});

describe("where a request comes from", () => {
    it("is what a reverse proxy says, of proxies that the operator named", async () => {
        for (const [options, expected] of [
            [{}, 429],
            [{ trustProxy: "10.0.0.0/8" }, 429],
            [{ trustProxy: "loopback" }, 401],
        ] as const) {
            const platform = await startPlatform(options);
            try {
                const guess = async (from: string) => {
                    const headers = {
                        ...basic("nobody@agency.example", "wrong horse battery"),
                        "x-forwarded-for": from,
                    };
                    return (await new Api(platform.url, undefined).call("GET", "/user", undefined, headers)).status;
                };
                for (let count = 1; count <= 5; count += 1) assert.equal(await guess(`192.0.2.${count}`), 401);
                assert.equal(await guess("192.0.2.6"), expected, JSON.stringify(options));
            } finally {
                await platform.close();
            }
        }
    }).timeout(60_000);
});

describe("a platform of pure v1", () => {
    it("has no route and no field that v1 does not have", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const { api } = platform;
            for (const [method, path] of [
                ["GET", "/capabilities"],
                ["POST", "/account"],
                ["GET", "/user/token"],
                ["GET", "/hostname/a.example"],
            ] as const) {
                assert.ok(
                    [404, 405].includes((await api.call(method, path, method === "POST" ? {} : undefined)).status),
                    path,
                );
            }
            const created = await api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            const application = await api.get(`/account/${created.id}/application/${created.applications[0].id}`);
            assert.deepEqual(Object.keys(application), [
                "id",
                "href",
                "application_name",
                "path_prefix",
                "path_prefixes",
            ]);
            const [environment] = await api.get(`/account/${created.id}/application/${application.id}/environment`);
            assert.deepEqual(Object.keys(environment), ["id", "href", "environment_name", "domains", "is_hosted"]);
            assert.deepEqual(Object.keys((await api.call("GET", "/account/4711")).json), ["message"]);
        } finally {
            await platform.close();
        }
    });

    it("turns requests away while it lags behind, and says so to whoever operates it", async () => {
        const { api, url, text, close } = await startListening(
            { maxEventLoopDelayMs: 30 },
            { lookAtDelayEveryMs: 100 },
        );
        try {
            const end = Date.now() + 2_000;
            const block = () => {
                for (const until = Date.now() + 140; Date.now() < until; );
                if (Date.now() < end) setTimeout(block, 1);
            };
            block();
            await new Promise((resolve) => setTimeout(resolve, 1_400));
            const answer = await api.call("GET", "/user");
            assert.deepEqual(
                [answer.status, answer.json.code, answer.headers.get("retry-after")],
                [503, "overloaded", "5"],
            );
            assert.match(answer.headers.get("aperture-tx-id") ?? "", /^\d/);
            assert.equal((await fetch(`${url}/healthz`)).status, 200);
            assert.match(text(), /"level":40.*the platform has more to do than it can/);
            while ((await api.call("GET", "/user")).status !== 200)
                await new Promise((resolve) => setTimeout(resolve, 20));
        } finally {
            await close();
        }
    }).timeout(60_000);

    it("answers 503 as JSON while the database is down", async function () {
        this.timeout(60_000);
        if (findPostgres() === undefined) return this.skip();
        const cluster = await startCluster();
        await withFolder(async (dataDir) => {
            const platform = await startPlatform({ dataDir, databaseUrl: await cluster.createDatabase() });
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            await cluster.stop();
            for (const path of [
                "/user",
                `/account/${account}`,
                `/account/${account}/application/${application}/environment`,
            ]) {
                const { status, json, headers } = await platform.api.call("GET", path);
                assert.deepEqual([status, json.code, headers.get("retry-after")], [503, "overloaded", "5"], path);
                assert.match(json.message, /^the database does not answer\. Try again/);
            }
            const made = await platform.api.call("POST", "/account/create", {
                name: "Acme",
                hostname: "b.acme.example",
                origin: "192.0.2.1",
            });
            assert.equal(made.status, 503);
            await withFolder(async (folder) => {
                assert.match(
                    (
                        await git(
                            folder,
                            platform.token,
                            "ls-remote",
                            `${platform.url}/account/${account}/application/${application}/x.git`,
                        )
                    ).stderr,
                    /503/,
                );
            });
            assert.equal((await fetch(`${platform.url}/readyz`)).status, 503);
            await platform.close();
        });
    });

    it("turns away more requests than it may answer at once", async () => {
        const platform = await startPlatform({ maxRequests: 2 });
        try {
            const answers = await Promise.all(
                Array.from({ length: 12 }, (_, index) =>
                    platform.api.call("POST", "/account/create", {
                        name: "Acme",
                        hostname: `w${index}.acme.example`,
                        origin: "192.0.2.1",
                    }),
                ),
            );
            const busy = answers.filter(({ status }) => status === 503);
            assert.ok(busy.length > 0 && busy.length < 12, `${busy.length} of 12 were turned away`);
            assert.equal(busy[0]?.headers.get("retry-after"), "2");
            assert.equal((await platform.api.call("GET", "/user")).status, 200, "and counts down again");
        } finally {
            await platform.close();
        }
    });
});
