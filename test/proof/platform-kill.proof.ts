import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as section from "pulumi-section";
import { Api } from "../support/api";
import { Choices, seed } from "../support/choices";
import { isMutating, startFaultProxy } from "../support/fault-proxy";
import { signUpOffline } from "../support/offline";
import { type SpawnedPlatform, sectionPlatform, spawnPlatform, withFolder } from "../support/platform";
import { openStack } from "../support/stack";

const kills = 25;

const sites = ["a", "b", "c", "d"];

/** Version n of an estate: things are added, removed and changed with n. */
function estate(version: number) {
    return async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        new section.Membership("jane", {
            organization: acme.id,
            email: "jane@agency.example",
            role: version % 2 === 0 ? "readonly" : "state",
        });
        for (const [index, name] of sites.entries()) {
            if ((version + index) % 4 === 0) continue;
            const hostname = `${name}.acme.example`;
            const application = new section.Application(name, { organization: acme.id, hostname, origin: "192.0.2.1" });
            const config = { "varnish/default.vcl": `vcl 4.0;\n# version ${version}\n` };
            new section.Environment(`${name}-staging`, {
                application: application.id,
                name: "Staging",
                hostname: `staging.${hostname}`,
                config,
            });
            if ((version + index) % 3 === 0)
                new section.Domain(`${name}-shop`, {
                    environment: application.production,
                    hostname: `shop.${hostname}`,
                });
        }
    };
}

function check(folder: string): Promise<string> {
    return new Promise((resolve, reject) => {
        execFile(process.execPath, [sectionPlatform, "check", "--data-dir", folder], (error, stdout, stderr) =>
            error ? reject(new Error(`${stdout}${stderr}`)) : resolve(stdout),
        );
    });
}

describe("a platform that is killed", () => {
    it(`${kills} times by kill -9 during applies loses nothing, makes nothing twice and leaves nothing over`, () =>
        withFolder(async (folder) => {
            const choices = new Choices(seed);
            const data = `${folder}/platform`;
            const token = await signUpOffline(data, "olga@agency.example");
            let platform: SpawnedPlatform = await spawnPlatform(data);
            const port = Number(new URL(platform.url).port);
            const proxy = await startFaultProxy(platform.url);
            const readyMs: number[] = [];
            let killed = 0;
            let countdown = Number.POSITIVE_INFINITY;
            let restarting: Promise<void> = Promise.resolve();
            const killNow = async () => {
                killed += 1;
                await platform.kill();
                const begun = Date.now();
                platform = await spawnPlatform(data, { port });
                readyMs.push(Date.now() - begun);
            };
            proxy.decide((request) => {
                if (isMutating(request)) countdown -= 1;
                if (countdown <= 0) {
                    countdown = Number.POSITIVE_INFINITY;
                    restarting = new Promise((resolve, reject) =>
                        setTimeout(() => killNow().then(resolve, reject), choices.fraction() * 12),
                    );
                }
                return "pass";
            });
            let applies = 0;
            let failed = 0;
            try {
                const stack = await openStack({
                    folder,
                    program: estate(0),
                    environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: token },
                });
                for (let version = 0; killed < kills; version += 1) {
                    stack.setProgram(estate(version));
                    for (let isDone = false; !isDone; ) {
                        // several kills may fall into one apply: each restart sets the next one
                        countdown = killed < kills ? 1 + choices.below(5) : Number.POSITIVE_INFINITY;
                        applies += 1;
                        isDone = await stack.up({ empty: false }).then(
                            () => true,
                            () => false,
                        );
                        if (!isDone) failed += 1;
                        await restarting;
                    }
                    countdown = Number.POSITIVE_INFINITY;
                    const { changes, stdout } = await stack.preview({ diff: true });
                    assert.ok(
                        (changes.create ?? 0) +
                            (changes.update ?? 0) +
                            (changes.delete ?? 0) +
                            (changes.replace ?? 0) ===
                            0,
                        stdout,
                    );
                }
                const api = new Api(platform.url, token);
                const graph = await api.get("/account/graph");
                assert.equal(graph.length, 1, "one organization, however often it was made");
                const hostnames = graph[0].applications.map(
                    ({ application_name }: { application_name: string }) => application_name,
                );
                assert.equal(new Set(hostnames).size, 3);
                assert.equal(hostnames.length, 3);
                await stack.destroy();
                assert.deepEqual(await api.get("/account"), []);
            } finally {
                await restarting.catch(() => {});
                await proxy.close();
                await platform.stop();
            }
            assert.match(await check(data), /rows and repositories agree/);
            readyMs.sort((one, other) => one - other);
            console.log(
                `      seed ${seed}: ${killed} kills in ${applies} applies, ${failed} of them failed and were run again; 0 lost, 0 twice, 0 orphans; ready again after ${readyMs[Math.floor(readyMs.length / 2)]} ms (median)`,
            );
        }));
});
