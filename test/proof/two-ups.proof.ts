import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { type HarnessStack, openHarnessStack } from "../harness/stack";
import { Choices, seed } from "../support/choices";
import { owner, startPlatform } from "../support/platform";
import { estate, judge } from "./platform-kill/estate";
import { lookAtPlatform } from "./refactoring/look-at-platform";

/** `SECTION_TEST_ROUNDS=200` is the run of the scorecard in docs/durability.md. */
const rounds = Number(process.env.SECTION_TEST_ROUNDS ?? 8);

const sites = ["a", "b", "c"];
/** The second `up` begins anywhere within the first one. */
const longestDelayMs = 150;
/** Every so many rounds both destroy at once, so that the next round makes everything anew. */
const destroyEvery = 5;
const mostAttempts = 3;

/** A refusal that a person can act on; anything else is a fault of ours. */
const isExplained = (words: string) => !/unexpected failure|TypeError|undefined|\b5\d\d\b/.test(words);

describe("two ups at once", () => {
    it(`of one program, from two machines with a state each, ${rounds} times: everything is there once`, async () => {
        const choices = new Choices(seed);
        const platform = await startPlatform();
        const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        const open = async (): Promise<HarnessStack> => {
            const stack = await openHarnessStack({ program: estate(0, sites), environment });
            stack.runProviders("here");
            return stack;
        };
        const stacks = [await open(), await open()] as const;
        const sums = { lost: 0, twice: 0, orphans: 0, refused: 0, unexplained: 0 };
        const faults: string[] = [];
        const operate = (work: (stack: HarnessStack) => Promise<unknown>) =>
            Promise.all(
                stacks.map(async (stack, index) => {
                    if (index === 1) await pause(choices.below(longestDelayMs));
                    await work(stack).catch((error: Error) => {
                        sums.refused += 1;
                        if (isExplained(error.message)) return;
                        sums.unexplained += 1;
                        faults.push(error.message);
                    });
                }),
            );
        /** One after the other, as people do when the other one was faster. */
        const settle = async (stack: HarnessStack) => {
            for (let attempt = 1; ; attempt += 1) {
                try {
                    await stack.refresh();
                    return await stack.up();
                } catch (error) {
                    if (attempt === mostAttempts) throw error;
                }
            }
        };
        try {
            for (let round = 0; round < rounds; round += 1) {
                for (const stack of stacks) stack.setProgram(estate(round, sites));
                await operate((stack) => stack.up({ empty: false }));
                for (const stack of stacks) await settle(stack);
                const verdict = judge(round, sites, await lookAtPlatform(platform.api), owner.email);
                for (const kind of ["lost", "twice", "orphans"] as const) {
                    sums[kind] += verdict[kind].length;
                    if (verdict[kind].length > 0) faults.push(`round ${round}: ${kind}: ${verdict[kind]}`);
                }
                if (round % destroyEvery !== destroyEvery - 1) continue;
                await operate((stack) => stack.destroy());
                for (const stack of stacks) {
                    await stack.refresh();
                    await stack.destroy();
                }
                assert.deepEqual(await platform.api.get("/account"), []);
            }
        } finally {
            await platform.close();
        }
        console.log(
            `      seed ${seed}: ${rounds} rounds of two ups at once, ${sums.refused} refused with a reason: ` +
                `${sums.lost} lost, ${sums.twice} twice, ${sums.orphans} orphans, ${sums.unexplained} without a reason`,
        );
        assert.deepEqual(faults, []);
    });
});
