import type { PrepareAttack } from "./attack";
import { nextCommit, noObject, push, readHead } from "./git-wire";
import { repeat } from "./repeat";

const tags = 1_000;

/** Pushes of a thousand tags, which the next one deletes. */
export const manyTags: PrepareAttack = async ({ attacker, target }) => {
    const { commit: parent, tree } = await readHead(attacker, target);
    const commit = nextCommit(tree, parent, "tagged");
    const refs = Array.from({ length: tags }, (_, index) => `refs/tags/t${index}`);
    const pushAll = async () => {
        const made = refs.map((ref) => ({ ref, after: commit.oid }));
        await push(attacker, target, made, [commit]);
        const deleted = refs.map((ref) => ({ ref, before: commit.oid, after: noObject }));
        await push(attacker, target, deleted, []);
    };
    return { name: `${tags} tags in a push, which the next push deletes`, begin: async () => repeat(1, pushAll) };
};
