import assert from "node:assert/strict";
import { Api } from "../support/api";
import { Choices, seed } from "../support/choices";
import { isMutating, startFaultProxy } from "../support/fault-proxy";
import { platformCommand, signUpOffline } from "../support/offline";
import { type SpawnedPlatform, spawnPlatform, withFolder } from "../support/platform";
import { openStack } from "../support/stack";
import { estate } from "./platform-kill/estate";

/** `SECTION_TEST_KILLS` asks for more. */
const kills = Number(process.env.SECTION_TEST_KILLS ?? 25);

const sites = ["a", "b", "c", "d"];

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
                    program: estate(0, sites),
                    environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: token },
                });
                for (let version = 0; killed < kills; version += 1) {
                    stack.setProgram(estate(version, sites));
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
            assert.match(await platformCommand(data, "check"), /rows and repositories agree/);
            readyMs.sort((one, other) => one - other);
            console.log(
                `      seed ${seed}: ${killed} kills in ${applies} applies, ${failed} of them failed and were run again; 0 lost, 0 twice, 0 orphans; ready again after ${readyMs[Math.floor(readyMs.length / 2)]} ms (median)`,
            );
        }));
});
