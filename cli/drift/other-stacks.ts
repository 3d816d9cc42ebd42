import { mapAtMost } from "section-display";
import { runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import type { StackChoice } from "../engine/stack-config";
import type { State } from "../engine/state";
import { sayNames } from "../report/say-names";
import { tellLine } from "../terminal/progress";

/** Each is a process of the engine that reads one state. */
const readAtOnce = 4;

interface ListedStack {
    /** Of another project it has the project before it: `organization/shop/prod`. */
    name: string;
    resourceCount?: number;
}

interface Exported {
    deployment?: { resources?: { outputs?: { __claim?: unknown } }[] };
}

/** All stacks of the backend that this person may list, of other projects as well. Without those that have nothing. */
async function listOtherStacks({ cwd }: StackChoice, { stack }: NonNullable<State["owner"]>): Promise<string[]> {
    const answer = await runEngine(["stack", "ls", "--all", "--json"], { cwd });
    if (answer.code !== 0) {
        tellLine(`the states of other stacks are not looked at: ${engineRefusal("listing fails", answer).message}`);
        return [];
    }
    return (JSON.parse(answer.stdout) as ListedStack[])
        .filter(({ name, resourceCount }) => name !== stack && resourceCount !== 0)
        .map(({ name }) => name);
}

/** The ids of the claims that a stack's state has. Undefined where this person may not read it. Needs no passphrase. */
export async function readClaims(stack: string, { cwd }: StackChoice): Promise<string[] | undefined> {
    const answer = await runEngine(["stack", "export", "--stack", stack], { cwd });
    if (answer.code !== 0) return undefined;
    const { deployment } = JSON.parse(answer.stdout) as Exported;
    return (deployment?.resources ?? []).flatMap(({ outputs }) => (outputs?.__claim ? [String(outputs.__claim)] : []));
}

/**
 * Finds the claims that other stacks of the backend have in their states: who has a claim's id holds the thing,
 * whatever stack the claim names. After `pulumi state move` it names the old one.
 *
 * @returns ids of claims -> names of stacks
 */
export async function findClaimsElsewhere(
    choice: StackChoice,
    owner: NonNullable<State["owner"]>,
): Promise<ReadonlyMap<string, string>> {
    const stacks = await listOtherStacks(choice, owner);
    const read = await mapAtMost(readAtOnce, stacks, async (stack) => ({
        stack,
        ids: await readClaims(stack, choice),
    }));
    const unread = read.flatMap(({ stack, ids }) => (ids === undefined ? [stack] : []));
    if (unread.length > 0) tellLine(`these stacks cannot be read, and may have some of it: ${sayNames(unread)}`);
    return new Map(read.flatMap(({ stack, ids = [] }) => ids.map((id): [string, string] => [id, stack])));
}
