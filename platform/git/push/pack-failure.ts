import { Problem } from "section-model";
import { machineFailureIn } from "../../machine-failure";

const fsckLine = /^(?:error|warning): object ([0-9a-f]{40}): \w+: (.*)$/m;
/** Words of a git that has trouble of its own, whatever else it says. */
const notThePack = /unable to (?:create|write|open)|cannot (?:fork|create)/;
/** An object that is there and is of another kind than the one that names it says. */
const wrongKind = /^error: (object [0-9a-f]{40} is an? \w+, not an? \w+)$/m;
const brokenLinks =
    /Failed to traverse|object of (?:un)?expected type|fsck error|did not receive expected object|unresolved delta|needs|missing|not found|unable to parse/i;
const brokenPack = /early EOF|inflate|pack|delta|corrupt|unknown object type|bad object|invalid/i;

/** The reason why git did not take a pack: against git's rules, or broken. Undefined when it is none of these. */
export function packProblem(stderr: string): Problem | undefined {
    if (notThePack.test(stderr) || machineFailureIn(stderr) !== undefined) return undefined;
    const fsck = fsckLine.exec(stderr);
    if (fsck !== null)
        return new Problem("push-refused", `git does not accept object ${fsck[1]}: ${fsck[2]}`, {
            remedy: "Rewrite the commits that have it",
        });
    const kind = wrongKind.exec(stderr)?.[1];
    if (kind !== undefined)
        return new Problem("push-refused", `the pushed history is damaged: ${kind}`, {
            remedy: "Check the local repository with git fsck",
        });
    if (brokenLinks.test(stderr))
        return new Problem("push-refused", "the pushed history is incomplete", {
            remedy: "Fetch all of it, then push again",
        });
    if (brokenPack.test(stderr))
        return new Problem("push-refused", "the pack is damaged", {
            remedy: "Push again; check the local repository with git fsck",
        });
    return undefined;
}
