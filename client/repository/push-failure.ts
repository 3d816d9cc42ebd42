import { Problem } from "section-model";
import type { BranchAddress } from "./checkout";

type PushedBranch = Pick<BranchAddress, "branch" | "conceal">;

/** The lines that the platform printed while it judged a push. */
export function remoteLines(output: string): string[] {
    return output
        .split("\n")
        .filter((line) => line.startsWith("remote:"))
        .map((line) => line.slice("remote:".length).trim())
        .filter((line) => line !== "" && !/^Validating configuration for proxy /.test(line));
}

/** True for a line with which the platform accepts a push and says what is odd. */
export const isWarning = (line: string) => line.startsWith("warning: ");

/** The output of git for a failed push, as a Problem. */
export function pushFailure(output: string, { branch, conceal }: PushedBranch): Problem {
    const lines = remoteLines(output);
    if (/\[remote rejected\]/.test(output)) {
        if (/fetch first|failed to update ref/.test(output)) return movedBranch(branch);
        return refusedConfiguration(branch, lines, conceal);
    }
    if (/\[rejected\]/.test(output)) return movedBranch(branch);
    return transportFailure(output, `push to ${branch}`);
}

/** @param given the reasons, as the platform gave them */
export function refusedConfiguration(branch: string, given: string[], conceal?: BranchAddress["conceal"]): Problem {
    const lines = given.map((line) => conceal?.(line) ?? line);
    const reasons = lines.join("; ") || "it gave no reason";
    return new Problem("push-refused", `the platform refused the configuration of ${branch}: ${reasons}`, { lines });
}

export function movedBranch(branch: string): Problem {
    return new Problem("head-moved", `somebody else changed branch ${branch} at the same time`);
}

/** The output of git for a failed connection to the platform, as a Problem. */
export function transportFailure(output: string, attempt: string): Problem {
    if (/Authentication failed|could not read Username|error: 401/.test(output))
        return new Problem("unauthenticated", `git could not ${attempt}: the token was refused`);
    if (/error: 403/.test(output))
        return new Problem("forbidden", `git could not ${attempt}: the role does not allow it`);
    if (/Remote branch .* not found|repository .* not found|error: 404/.test(output))
        return new Problem("not-found", `git could not ${attempt}: there is no such branch or repository`);
    if (/error: 410/.test(output))
        return new Problem("account-deleted", `git could not ${attempt}: the organization was deleted`);
    const words = output.trim().split("\n").slice(-2).join("; ");
    return new Problem("unreachable", `git could not ${attempt}: ${words || "it gave no reason"}`, {
        isUncertain: true,
    });
}
