import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

interface Noted {
    id: number;
    operation: string;
    parameter: string | null;
}

onEveryPlatform("proxy operations over HTTP", (platform) => {
    async function site() {
        const { account, application } = await platform().api.makeSite("Acme", `${fresh("ban")}.acme.example`);
        const root = `/account/${account}/application/${application}`;
        return { account, root, at: `${root}/environment/Production/proxy/varnish` };
    }
    const parametersOf = async (at: string) =>
        (await platform().api.get(`${at}/operations?limit=100`)).map(({ parameter }: Noted) => parameter);

    it("a ban is kept as it was sent: quotes, plus signs, slashes and all", async () => {
        const { api } = platform();
        const { at } = await site();
        const expressions = [
            'req.url ~ "^/a+b\\?c=d&e"',
            "obj.http.x-url ~ /ü%20 && req.http.host == 'x'",
            "  req.url ~ .*\t ",
            "a".repeat(8000),
        ];
        for (const expression of expressions) {
            const answer = await api.call(
                "POST",
                `${at}/state?banExpression=${encodeURIComponent(expression)}&async=true`,
            );
            assert.deepEqual([answer.status, answer.text, answer.headers.get("content-type")], [204, "", null]);
        }
        assert.deepEqual(await parametersOf(at), [...expressions].reverse());
        const [newest] = await api.get(`${at}/operations?limit=1`);
        const { id, created_at, ...rest } = newest;
        assert.ok(Number.isInteger(id) && Math.abs(Date.now() - Date.parse(created_at)) < 60_000);
        const caller = { name: "Olga Owner", email: "olga@agency.example" };
        assert.deepEqual(rest, {
            proxy: "varnish",
            operation: "ban",
            parameter: "a".repeat(8000),
            async: true,
            caller,
        });
        await api.call("POST", `${at}/state?banExpression=req.url+~+/x`);
        assert.equal((await parametersOf(at))[0], "req.url ~ /x", "a plus sign is a blank, as forms write it");
    });

    it("whatever the body and its type; without an expression everything is banned", async () => {
        const { api } = platform();
        const { at } = await site();
        const bodies: [string | undefined, Record<string, string>][] = [
            [undefined, {}],
            ["", { "content-type": "application/x-www-form-urlencoded" }],
            ["{nonsense", { "content-type": "application/json" }],
            ["--x\r\n", { "content-type": "multipart/form-data; boundary=x" }],
            ["<a/>", { "content-type": "text/xml" }],
        ];
        for (const [body, headers] of bodies)
            assert.equal((await api.call("POST", `${at}/state`, body, headers)).status, 204);
        assert.deepEqual(await parametersOf(at), Array(5).fill("req.url ~ /"));
    });

    it("clients that insist on 200 get it", async () => {
        const { api } = platform();
        const { at, root } = await site();
        for (const client of [
            "section.io-Magento-2-Extension/101.3.6",
            "section.io varnish-cli-bridge, version 1.0.0, commit abc",
        ]) {
            const answer = await api.call("POST", `${at}/state?banExpression=req.url`, undefined, {
                "user-agent": client,
            });
            assert.deepEqual([answer.status, answer.json], [200, { success: true, description: "Ban applied" }]);
        }
        assert.equal(
            (await api.call("POST", `${at}/state`, undefined, { "user-agent": "curl section.io-Magento-2-Extension" }))
                .status,
            204,
        );
        const old = await api.call("POST", `${root}/state`, { proxy: "varnish", ban: "req.url ~ /old" });
        assert.deepEqual([old.status, old.json], [200, { success: true, description: "Ban applied" }]);
        assert.equal((await parametersOf(at))[0], "req.url ~ /old");
        for (const body of [
            {},
            { proxy: "varnish" },
            { ban: "x" },
            { proxy: "other", ban: "x" },
            { proxy: "varnish", ban: "x", more: 1 },
            { proxy: "varnish", ban: "" },
        ])
            assert.equal((await api.call("POST", `${root}/state`, body)).status, 400, JSON.stringify(body));
    });

    it("any other message is noted too; its failures are lists", async () => {
        const { api, url } = platform();
        const { at } = await site();
        const answer = await api.call(
            "POST",
            `${at}/purge-images?operationParameter=${encodeURIComponent("https://x/a.png?b+c")}`,
        );
        assert.deepEqual([answer.status, answer.text], [200, ""]);
        assert.equal((await api.call("POST", `${at}/reload`)).status, 200);
        const noted = (await api.get(`${at}/operations`)).map(({ operation, parameter }: Noted) => [
            operation,
            parameter,
        ]);
        assert.deepEqual(noted, [
            ["reload", null],
            ["purge-images", "https://x/a.png?b+c"],
        ]);
        const elsewhere = at.replace("/varnish", "/nothing");
        const failures = [
            await api.call("POST", `${elsewhere}/reload`),
            await api.call("POST", `${at}/bad%20name`),
            await api.call("POST", `${at}/x?operationParameter=a&operationParameter=b`),
            await new Api(url, undefined).call("POST", `${at}/reload`),
        ];
        assert.deepEqual(
            failures.map(({ status }) => status),
            [404, 400, 400, 401],
        );
        for (const { json } of failures)
            assert.ok(Array.isArray(json.messages) && json.messages.length > 0 && json.messages[0] !== "");
        assert.match(failures[0]?.json.messages[0], /^there is no proxy nothing in environment Production/);
        assert.equal(
            (await api.call("POST", `${elsewhere}/state`)).json.messages,
            undefined,
            "a ban's failure is one message",
        );
    });

    it("are for admins and state, read by every member, page by page", async () => {
        const { api, signUp } = platform();
        const { at, account } = await site();
        const asRole = async (accountCapability: string) => {
            const email = `${fresh(accountCapability)}@agency.example`;
            const member = await signUp(email);
            await api.must("POST", `/account/${account}/user`, { email, accountCapability });
            return member;
        };
        const [purger, reader] = [await asRole("state"), await asRole("readonly")];
        for (let index = 0; index < 5; index += 1)
            assert.equal((await purger.call("POST", `${at}/state?banExpression=n${index}`)).status, 204);
        assert.equal((await reader.call("POST", `${at}/state`)).status, 403);
        assert.equal((await reader.call("POST", `${at}/reload`)).status, 403);
        const first = await reader.get(`${at}/operations?limit=2`);
        const second = await reader.get(`${at}/operations?limit=10&before=${first[1].id}`);
        assert.deepEqual(
            [...first, ...second].map(({ parameter }: Noted) => parameter),
            ["n4", "n3", "n2", "n1", "n0"],
        );
        for (const query of ["limit=0", "limit=101", "before=0", "before=x"])
            assert.equal((await reader.call("GET", `${at}/operations?${query}`)).status, 400);
        for (const query of ["banExpression=", "banExpression=%00", "async=maybe", "banExpression=a&banExpression=b"]) {
            const { status, json } = await purger.call("POST", `${at}/state?${query}`);
            assert.equal(status, 400, query);
            assert.ok(json.message.length > 10);
        }
    });
});

describe("the log of proxy operations", () => {
    it("keeps as many as the setting says; a platform of pure v1 does not show it", async () => {
        const platform = await startPlatform({ proxyOperationLimit: 3 });
        try {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const at = `/account/${account}/application/${application}/environment/Production/proxy/varnish`;
            await Promise.all(
                Array.from({ length: 20 }, (_, index) =>
                    platform.api.call("POST", `${at}/state?banExpression=n${index}`),
                ),
            );
            await platform.api.call("POST", `${at}/state?banExpression=last`);
            const kept = await platform.api.get(`${at}/operations`);
            assert.equal(kept.length, 3);
            assert.equal(kept[0].parameter, "last");
        } finally {
            await platform.close();
        }
        const pure = await startPlatform({ extensions: false });
        try {
            const created = await pure.api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            const at = `/account/${created.id}/application/${created.applications[0].id}/environment/Production/proxy/varnish`;
            assert.equal((await pure.api.call("POST", `${at}/state`)).status, 204);
            assert.equal((await pure.api.call("GET", `${at}/operations`)).status, 405);
            const { json } = await pure.api.call("POST", `${at}x/reload`);
            assert.deepEqual(Object.keys(json), ["message", "messages"]);
        } finally {
            await pure.close();
        }
    });
});
