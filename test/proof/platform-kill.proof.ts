import assert from "node:assert/strict";
import { Api } from "../support/api";
import { Choices, seed } from "../support/choices";
import { platformCommand, signUpOffline } from "../support/offline";
import { withFolder } from "../support/platform";
import { openStack } from "../support/stack";
import { estate } from "./platform-kill/estate";
import { MortalPlatform } from "./platform-kill/mortal-platform";

/** `SECTION_TEST_KILLS` asks for more. */
const kills = Number(process.env.SECTION_TEST_KILLS ?? 15);

const sites = ["a", "b", "c", "d"];

describe("a platform that is killed", () => {
    it(`${kills} times by kill -9 during applies loses nothing, makes nothing twice and leaves nothing over`, () =>
        withFolder(async (folder) => {
            const choices = new Choices(seed);
            const data = `${folder}/platform`;
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await MortalPlatform.begin(data, choices);
            let applies = 0;
            let failed = 0;
            try {
                const stack = await openStack({
                    folder,
                    program: estate(0, sites),
                    environment: { SECTION_ENDPOINT: platform.endpoint, SECTION_TOKEN: token },
                });
                for (let version = 0; platform.killed < kills; version += 1) {
                    stack.setProgram(estate(version, sites));
                    for (let isDone = false; !isDone; ) {
                        // several kills may fall into one apply: each restart sets the next one
                        platform.killAt(platform.killed < kills ? 1 + choices.below(5) : Number.POSITIVE_INFINITY);
                        applies += 1;
                        isDone = await stack.up({ empty: false }).then(
                            () => true,
                            () => false,
                        );
                        if (!isDone) failed += 1;
                        await platform.isBack;
                    }
                    platform.killAt(Number.POSITIVE_INFINITY);
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
                await platform.stop();
            }
            assert.match(await platformCommand(data, "check"), /rows and repositories agree/);
            const { killed, readyMs } = platform;
            readyMs.sort((one, other) => one - other);
            console.log(
                `      seed ${seed}: ${killed} kills in ${applies} applies, ${failed} of them failed and were run again; 0 lost, 0 twice, 0 orphans; ready again after ${readyMs[Math.floor(readyMs.length / 2)]} ms (median)`,
            );
        }));
});
