import type { PrepareAttack } from "./attack";
import { ask, fetchOf, lsRefs, readHead } from "./git-wire";
import { repeat } from "./repeat";

const atOnce = 160;

/** One user who asks for more than a share at the same time, and at once again. */
export const busyUser: PrepareAttack = async ({ reader, target }) => {
    const { commit } = await readHead(reader, target);
    let [answered, refused] = [0, 0];
    const look = async () => {
        const request = answered % 2 === 0 ? lsRefs : fetchOf(commit);
        await ask(reader, target, "git-upload-pack", request).then(
            () => {
                answered += 1;
            },
            async (error: Error) => {
                if (!/answered 503: user \d+ has \d+ git requests/.test(error.message)) throw error;
                refused += 1;
                await new Promise((resolve) => setTimeout(resolve, 1_000)); // less than Retry-After says
            },
        );
    };
    return {
        name: `${atOnce} fetches of one user at the same time, again and again`,
        mostLogLines: 2_000, // a request that waits for its turn is a slow one
        begin: async () => {
            const looking = repeat(atOnce, look);
            await new Promise((resolve) => setTimeout(resolve, 1_000)); // all have their places, or wait
            return {
                end: async () => {
                    await looking.end();
                    console.log(`      ${answered} were answered, ${refused} refused with 503`);
                },
            };
        },
    };
};
