import { listClaimable } from "section-client";
import { Problem } from "section-model";
import { sayCount } from "../report/say-count";
import { type LeftThing, withoutHeld } from "./find-left";
import { reasonToStay } from "./reason-to-stay";

/** The kinds that count for `section:maxDeletes`, as people read them. What is live counts too, and stays. */
const countedKinds: readonly [LeftThing["kind"], string][] = [
    ["organization", "organization"],
    ["application", "site"],
    ["environment", "environment"],
];

/** The counted things that would be deleted, of those that one session sees. */
function listCounted(ours: readonly LeftThing[]): LeftThing[] {
    const all = listClaimable(ours[0]?.graph ?? []);
    const ofKind = ours.filter((thing) => countedKinds.some(([kind]) => kind === thing.kind));
    return ofKind.filter((thing) => reasonToStay(thing, all, ours) === undefined);
}

function sayKinds(counted: readonly LeftThing[]): string {
    const counts = countedKinds.map(([kind, words]): [number, string] => [
        counted.filter((thing) => thing.kind === kind).length,
        words,
    ]);
    return counts.flatMap(([count, words]) => (count === 0 ? [] : [sayCount(count, words)])).join(", ");
}

/** Refuses, before anything is removed, that more would be deleted at once than `section:maxDeletes` allows. */
export function refuseTooManyLeft(left: readonly LeftThing[]): void {
    const own = withoutHeld(left);
    for (const session of new Set(own.map((thing) => thing.session))) {
        const { maxDeletes } = session.settings;
        const counted = listCounted(own.filter((thing) => thing.session === session));
        if (maxDeletes === undefined || counted.length <= maxDeletes) continue;
        throw new Problem(
            "too-many-deletes",
            `${sayCount(counted.length, "thing")} would be deleted at once (${sayKinds(counted)}), and section:maxDeletes is ${maxDeletes}. Nothing was removed`,
            {
                remedy: `To keep all of them, give up their claims: pulumi-section drift --left release. To remove fewer, first put the lines of those that stay into the program and run pulumi-section up. To remove all of them, with everything in them: SECTION_MAX_DELETES=${counted.length} pulumi-section drift --left remove. The limit is set in the stack config, in the program's provider, or by that variable`,
            },
        );
    }
}
