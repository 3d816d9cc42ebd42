import assert from "node:assert/strict";
import { openHarnessStack } from "../harness/stack";
import { Api } from "../support/api";
import { Choices, seed } from "../support/choices";
import { platformCommand, signUpOffline } from "../support/offline";
import { withFolder } from "../support/platform";
import { estate, judge } from "./platform-kill/estate";
import { MortalPlatform } from "./platform-kill/mortal-platform";
import { lookAtPlatform } from "./refactoring/look-at-platform";

/** `SECTION_TEST_KILLS=200 SECTION_TEST_APPLIES=10000` is the run of the scorecard in docs/durability.md. */
const kills = Number(process.env.SECTION_TEST_KILLS ?? 4);
const applies = Number(process.env.SECTION_TEST_APPLIES ?? 100);

const owner = "olga@agency.example";
const sites = ["a", "b"];
const mostAttempts = 10;

describe("a platform under many applies", () => {
    it(`${applies} of them, is killed ${kills} times by kill -9: nothing is lost, twice or left over`, () =>
        withFolder(async (folder) => {
            const choices = new Choices(seed);
            const data = `${folder}/platform`;
            const token = await signUpOffline(data, owner);
            const platform = await MortalPlatform.begin(data, choices);
            const api = new Api(platform.url, token);
            let again = 0;
            const sums = { lost: 0, twice: 0, orphans: 0 };
            const faults: string[] = [];
            const look = async (version: number) => {
                const verdict = judge(version, sites, await lookAtPlatform(api), owner);
                for (const kind of ["lost", "twice", "orphans"] as const) {
                    sums[kind] += verdict[kind].length;
                    if (verdict[kind].length > 0) faults.push(`version ${version}: ${kind}: ${verdict[kind]}`);
                }
            };
            try {
                const environment = { SECTION_ENDPOINT: platform.endpoint, SECTION_TOKEN: token };
                const stack = await openHarnessStack({ program: estate(0, sites), environment });
                stack.runProviders("here");
                for (let version = 0; version < applies; version += 1) {
                    stack.setProgram(estate(version, sites));
                    const { killed } = platform;
                    const isDue = killed < kills && version >= (killed + choices.fraction()) * (applies / kills);
                    if (isDue) platform.killAt(1 + choices.below(6));
                    for (let attempt = 1; ; attempt += 1) {
                        const failure = await stack.up({ empty: false }).then(
                            () => undefined,
                            (error: Error) => error,
                        );
                        await platform.isBack;
                        if (failure === undefined) break;
                        again += 1;
                        if (attempt === mostAttempts) throw failure;
                    }
                    platform.killAt(Number.POSITIVE_INFINITY);
                    if (version % 1000 === 999) console.log(`      ${version + 1} applies, ${platform.killed} kills`);
                    if (!isDue && version % 50 !== 0) continue;
                    const { changes, stdout } = await stack.preview({ diff: true });
                    const { create = 0, update = 0, delete: removed = 0, replace = 0 } = changes;
                    if (create + update + removed + replace > 0) faults.push(`a preview is not empty: ${stdout}`);
                    await look(version);
                }
                await stack.destroy();
                assert.deepEqual(await api.get("/account"), []);
            } finally {
                await platform.stop();
            }
            const { killed } = platform;
            console.log(
                `      seed ${seed}: ${killed} kills in ${applies} applies, ${again} of which were run again: ` +
                    `${sums.lost} lost, ${sums.twice} twice, ${sums.orphans} orphans`,
            );
            assert.deepEqual(faults, []);
            assert.ok(killed >= kills * 0.9, `${killed} kills`);
            assert.match(await platformCommand(data, "check"), /rows and repositories agree/);
        }));
});
