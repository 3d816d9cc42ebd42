import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { FastifyInstance, RouteOptions } from "fastify";
import { forbidKeeping } from "../../../platform/http/caching";
import { basic } from "../../support/api";
import { type ListeningServer, startListening } from "../../support/listening-server";
import { visitorWith } from "../../support/visitor";

type Known = Pick<RouteOptions, "method" | "url" | "config">;

/** Starts a server, and notes every route that it has, of the table or not. */
async function startWithRoutes(): Promise<{ running: ListeningServer; routes: Known[] }> {
    const routes: Known[] = [];
    const onMake = (message: unknown) => {
        const { fastify } = message as { fastify: FastifyInstance };
        fastify.addHook("onRoute", ({ method, url, config }) => void routes.push({ method, url, config }));
    };
    subscribe("fastify.initialization", onMake);
    try {
        return { running: await startListening({ userRequestsPerMinute: 0, createsPerMinute: 0 }), routes };
    } finally {
        unsubscribe("fastify.initialization", onMake);
    }
}

/** DELETE would take the site away, and `fetch` sends no others. */
const verbs = ["GET", "HEAD", "POST", "PATCH", "PUT", "OPTIONS"];

/** Answers of these are the same for everybody. */
const publicAddresses = [
    /^\/style-[0-9a-f]{12}\.css$/,
    /^\/icon-[0-9a-f]{12}\.svg$/,
    /^\/link-page-[0-9a-f]{12}\.js$/,
    /^\/api\/ui\/(swagger-ui\.css|swagger-ui-bundle\.js|favicon\.png|start\.js)$/,
];

describe("who may keep an answer", function () {
    this.timeout(120_000);
    let running: ListeningServer;
    let routes: Known[];
    let site: { account: number; application: number; gitUrl: string };
    before(async () => {
        ({ running, routes } = await startWithRoutes());
        site = await running.api.makeSite("Kept", "www.kept.example");
    });
    after(() => running.close());

    const fill = (url: string) => {
        const values: Record<string, string> = {
            accountId: String(site.account),
            applicationId: String(site.application),
            environmentName: "Production",
            hostName: "www.kept.example",
            proxyName: "varnish",
            name: "www.kept.example.git",
        };
        return url
            .replaceAll(/\(\^?[^)]*\)/g, "")
            .replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "1")
            .replace(/\*$/, "section.config.json");
    };

    it("is nobody, on every route, with and without credentials, but for what is the same for everybody", async () => {
        const visitor = await visitorWith(running.url, running.api.token);
        const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const people = { accept: "text/html", cookie };
        const senders: Record<string, string>[] = [
            {},
            { "section-token": running.api.token as string },
            basic("x", running.api.token as string),
            people,
        ];
        const wrong: string[] = [];
        let answers = 0;
        const found = new Set<string>();
        for (const { method, url, config } of routes)
            for (const verb of [method].flat().filter((each) => verbs.includes(each)))
                for (const headers of senders) {
                    const answer = await fetch(running.url + fill(url), { method: verb, headers, redirect: "manual" });
                    await answer.arrayBuffer();
                    answers += 1;
                    const kept = answer.headers.get("cache-control") ?? "nothing";
                    const isPublic = publicAddresses.find((pattern) => pattern.test(url));
                    if (isPublic !== undefined) found.add(String(isPublic));
                    if ((config?.isPublic === true) !== (isPublic !== undefined))
                        wrong.push(`${url} is declared otherwise`);
                    if (!(isPublic === undefined ? /^no-store$/ : /^public, max-age=\d+/).test(kept))
                        wrong.push(`${verb} ${url} answered ${answer.status} with ${kept}`);
                }
        assert.deepEqual(wrong, []);
        assert.equal(found.size, publicAddresses.length, "each is there");
        console.log(`        ${routes.length} routes: ${answers} answers`);
    });

    it("is nobody for git, a failure, an address that is none, one that cannot be read, and a method that is none", async () => {
        const { pathname } = new URL(site.gitUrl);
        const own = { "section-token": running.api.token as string };
        const asked: [string, RequestInit, number][] = [
            [
                `${pathname}/info/refs?service=git-upload-pack`,
                { headers: basic("x", running.api.token as string) },
                200,
            ],
            [`${pathname}/info/refs?service=git-upload-pack`, {}, 401],
            ["/nowhere", {}, 404],
            ["/api/v1/%", {}, 400],
            ["/api/v1/user", { method: "PUT" }, 405],
            ["/api/v1/user", { method: "OPTIONS" }, 204],
            ["/api/v1/user", { method: "HEAD", headers: own }, 200],
            ["/api/v1/account/x", { headers: own }, 400],
            ["/public/link", { method: "POST", body: '{"token":"x"}' }, 404],
            [`/instance/getconfig?token=${running.api.token}`, {}, 200],
        ];
        for (const [path, init, status] of asked) {
            const answer = await fetch(running.url + path, init);
            assert.deepEqual([answer.status, answer.headers.get("cache-control")], [status, "no-store"], path);
        }
    });

    it("is said of every route that is not declared to be public", () => {
        const said = (config: object) => {
            const headers: object[] = [];
            forbidKeeping(
                { routeOptions: { config } } as never,
                { headers: (each: object) => headers.push(each) } as never,
            );
            return headers;
        };
        assert.deepEqual(
            [said({}), said({ isPublic: false }), said({ isPublic: true })],
            [[{ "cache-control": "no-store" }], [{ "cache-control": "no-store" }], []],
        );
    });
});
