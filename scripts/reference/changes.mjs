// What happens if an argument of a resource changes: what its noun compares decides.
import { createRequire } from "node:module";
import path from "node:path";
import { repository } from "../sources.mjs";

const load = createRequire(path.join(repository, "platform/"));

/** Arguments that `judgeChange`, `ensure` or the state's form decide about, and not the list of what is compared. */
const decidedElsewhere = {
    organization: { firstSite: "counts at creation only", adopt: "nothing" },
    membership: { adopt: "nothing" },
    team: { adopt: "nothing" },
    application: { adopt: "nothing" },
    environment: { from: "counts at creation only", config: "in place", adopt: "nothing" },
    domain: { waitForLive: "in place: waits, if it is not live", certificate: "in place", adopt: "nothing" },
};

export function nounOf(kind) {
    return load(`../provider/dist/nouns/${kind}/${kind}.js`)[`${kind}Noun`];
}

export function whatChanges(kind, argument) {
    const { replacesOn, compares } = nounOf(kind);
    const words = decidedElsewhere[kind][argument];
    const isCompared = compares.includes(argument);
    if (words === undefined && !isCompared)
        throw new Error(`${kind} does not compare ${argument}: scripts/reference/changes.mjs has to say what changes`);
    if (words !== undefined && isCompared)
        throw new Error(`${kind} compares ${argument}: scripts/reference/changes.mjs must not say so as well`);
    return words ?? (replacesOn.includes(argument) ? "**replaces**" : "in place");
}
