import { lookAtThing, nameOfUrn, printableLine, type Sight, sayMoved, sayMover } from "pulumi-section/internal";
import { mapAtMost } from "section-display";
import { makeSessions } from "../engine/stack-sessions";
import { readState } from "../engine/state";
import type { Plan } from "../plan/plan";
import type { NamedStack } from "../plan/plan-key";
import { digestStates } from "../plan/take-plan";
import { withProgress } from "../terminal/progress";

const lookedAtOnce = 16;

/** Without the tree: the head says the same. */
const seenKeys: (keyof Sight)[] = [
    "exists",
    "name",
    "members",
    "role",
    "hostname",
    "head",
    "hostnames",
    "environment",
    "engaged",
];

/** A line for each thing that moved since a plan was made: on the platform, with its author, or in the stack. */
export async function findMovement({ steps }: Plan, key: Buffer, named: NamedStack): Promise<string[]> {
    const state = await readState(named);
    const states = digestStates(state, key);
    const providers = new Map(state.resources.map(({ urn, provider }) => [urn, provider]));
    const sessionOf = makeSessions(state, named);
    const lines = await withProgress("looking at the platform", () =>
        mapAtMost(lookedAtOnce, steps, async ({ urn, kind, id, platform, state: digest }): Promise<string[]> => {
            const subject = [kind, id ?? nameOfUrn(urn)].join(" ");
            const remembered =
                states.get(urn) === digest
                    ? []
                    : [`${subject}: its state in the stack changed: an up, refresh or import ran in between`];
            if (id === undefined || platform === undefined) return remembered;
            const session = await sessionOf({ provider: providers.get(urn) ?? "" });
            const now = await lookAtThing(session, kind, id);
            const moved = now === undefined ? [] : sayMoved(seenKeys, platform, now);
            if (now === undefined || moved.length === 0) return remembered;
            const words = now.exists ? moved.join(", ") : "it is gone";
            return [
                `${subject}: ${words}, by ${await sayMover(session, { kind, id, before: platform, now })}`,
                ...remembered,
            ];
        }),
    );
    return [...new Set(lines.flat().map(printableLine))];
}
