import { Problem } from "section-model";

const fsckLine = /^(?:error|warning): object ([0-9a-f]{40}): \w+: (.*)$/m;
/** Words of a git that has trouble of its own, whatever else it says. */
const notThePack =
    /No space left|Disk quota|unable to (?:create|write|open)|cannot (?:fork|create)|Out of memory|Permission denied/;
const brokenLinks =
    /Failed to traverse|object of expected type|fsck error|did not receive expected object|needs|missing|not found|unable to parse/i;
const brokenPack = /early EOF|inflate|pack|delta|corrupt|unknown object type|bad object|invalid/i;

/** The reason why git did not take a pack: against git's rules, or broken. Undefined when it is none of these. */
export function packProblem(stderr: string): Problem | undefined {
    if (notThePack.test(stderr)) return undefined;
    const fsck = fsckLine.exec(stderr);
    if (fsck !== null)
        return new Problem("push-refused", `git does not accept object ${fsck[1]}: ${fsck[2]}`, {
            remedy: "Rewrite the commits that have it",
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
