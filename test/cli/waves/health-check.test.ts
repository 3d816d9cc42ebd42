import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { checkPlaces, type HealthCheckOptions, makeHealthCheck } from "../../../cli/waves/health-check";
import type { Place } from "../../../cli/waves/place";
import { startScript } from "../../support/http-server";
import { withFolder } from "../../support/platform";

const defaults: HealthCheckOptions = { expectStatus: 200, tries: 1, settleMs: 0, timeoutMs: 5_000 };
const place = (site: string, hostnames = [site]): Place => ({
    key: site,
    siteKey: site,
    site,
    client: "Acme & Söhne",
    environment: "Production",
    hostnames,
    isLive: false,
    commit: "c0ffee",
});

async function check(options: Partial<HealthCheckOptions>, ...places: Place[]): Promise<(string | undefined)[]> {
    const all = { ...defaults, ...options };
    const made = makeHealthCheck(all);
    assert.ok(made);
    const { signal } = new AbortController();
    return (await checkPlaces(made, places, { ...all, signal, tell: () => {} })).map(({ words }) => words);
}

async function withProgram(text: string, work: (program: string, folder: string) => Promise<void>): Promise<void> {
    await withFolder(async (folder) => {
        const program = path.join(folder, "look");
        await writeFile(program, `#!/bin/sh\n${text}\n`);
        await chmod(program, 0o755);
        await work(program, folder);
    });
}

describe("the health check of a place", () => {
    it("asks the edge for each hostname, and says what is wrong", async () => {
        const asked: string[] = [];
        const edge = await startScript(({ headers: { host = "" }, url }, response) => {
            asked.push(`${host}${url}`);
            response
                .writeHead(host.startsWith("moved") ? 301 : 200)
                .end(host.startsWith("odd") ? "something else" : "all is well");
        });
        try {
            const url = "http://{hostname}/health?from=waves";
            const options = { url, edge: new URL(edge.url).host, expectText: "well" };
            const words = await check(
                options,
                place("a.example", ["a.example", "b.example"]),
                place("moved.example"),
                place("odd.example"),
            );
            assert.deepEqual(words, [
                undefined,
                "http://moved.example/health?from=waves: status 301 instead of 200",
                'http://odd.example/health?from=waves: the answer does not contain "well"',
            ]);
            assert.deepEqual(
                asked.slice().sort(),
                ["a", "b", "moved", "odd"].map((name) => `${name}.example/health?from=waves`),
            );
            const gone = { ...options, edge: "127.0.0.1:9" };
            assert.deepEqual(await check(gone, place("a.example")), [
                "http://a.example/health?from=waves: ECONNREFUSED",
            ]);
        } finally {
            await edge.close();
        }
    });

    it("does not wait for ever for an answer", async () => {
        const edge = await startScript(() => {});
        try {
            const options = { url: "http://{hostname}/", edge: new URL(edge.url).host, timeoutMs: 100 };
            assert.deepEqual(await check(options, place("a.example")), ["http://a.example/: no answer within 0.1 s"]);
        } finally {
            await edge.close();
        }
    });

    it("runs a program, without a shell, and tells it about the place", () =>
        withProgram(
            'printf "%s|" "$@" "$SITE" "$CLIENT" "$ENVIRONMENT" "$HOSTNAMES" "$COMMIT"; exit 3',
            async (program) => {
                const [words] = await check(
                    { command: `${program} $HOME ;` },
                    place("a.example", ["a.example", "b.example"]),
                );
                assert.equal(
                    words,
                    "$HOME|;|a.example|Acme & Söhne|Production|a.example b.example|c0ffee|\nexit code 3",
                );
                await assert.rejects(
                    check({ command: `${program}-not-there` }, place("a.example")),
                    /the check .*-not-there cannot be started \(ENOENT\)/,
                );
            },
        ));

    it("asks again before a place counts as failed", () =>
        withProgram('echo x >> "$1"; [ "$(wc -l < "$1")" -ge 3 ]', async (program, folder) => {
            const tried = path.join(folder, "tried");
            assert.deepEqual(await check({ command: `${program} ${tried}`, tries: 2 }, place("a.example")), [
                "exit code 1",
            ]);
            assert.deepEqual(await check({ command: `${program} ${tried}`, tries: 2 }, place("a.example")), [
                undefined,
            ]);
            assert.equal((await readFile(tried, "utf8")).length, 6);
        }));

    it("ends a program that does not, with what it started", () =>
        withProgram("echo looking; sleep 60 & wait", async (program) => {
            assert.deepEqual(await check({ command: program, timeoutMs: 300 }, place("a.example")), [
                "looking\nno answer within 0.3 s",
            ]);
        }));

    it("is refused where the address is none", () => {
        assert.throws(
            () => makeHealthCheck({ ...defaults, url: "{hostname}/health" }),
            /is not the URL of a page\. Write --check-url like/,
        );
        assert.equal(makeHealthCheck(defaults), undefined);
    });
});
