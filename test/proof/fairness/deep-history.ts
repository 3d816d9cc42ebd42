import type { PrepareAttack } from "./attack";
import { nextCommit, push, readHead } from "./git-wire";
import { repeat } from "./repeat";

const commits = Number(process.env.SECTION_TEST_FAIRNESS_COMMITS ?? 20_000);
const clients = 8;
const patienceMs = 100;

/** Readers who ask for the last page of a long history, and do not wait for it. */
export const deepHistory: PrepareAttack = async ({ attacker, reader, target }) => {
    const { commit: before, tree } = await readHead(attacker, target);
    const made = [nextCommit(tree, before, "first")];
    while (made.length < commits) made.push(nextCommit(tree, made.at(-1)?.oid as string, "next"));
    const [first] = made;
    const after = made.at(-1)?.oid as string;
    await push(attacker, target, [{ ref: "refs/heads/Production", before, after }], made);
    const path = `/account/${target.account}/application/${target.application}/environment/Production/commits`;
    const askAndLeave = () =>
        fetch(`${reader.url}/api/v1${path}?before=${first?.oid}`, {
            headers: { "section-token": reader.token as string },
            signal: AbortSignal.timeout(patienceMs),
        }).catch(() => {});
    return {
        name: `${clients} readers who ask for the end of ${commits} commits and leave after ${patienceMs} ms`,
        begin: async () => repeat(clients, askAndLeave),
    };
};
