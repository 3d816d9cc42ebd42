import { productionName } from "section-model";
import { branchOfRef, refuseBranchName } from "./refname";

export const noObject = "0".repeat(40);

/** One line of a push: move `ref` from `before` to `after`; all zeros stand for nothing. */
export interface PushCommand {
    ref: string;
    before: string;
    after: string;
}

/** What the platform knows of the application that is pushed to. */
export interface PushRules {
    /** Branches that are deployed: they cannot be deleted and must carry a valid configuration. */
    environments: readonly string[];
    imageExists(image: string): boolean;
}

const commandLine = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)$/;

/** Reads one command; capabilities behind a NUL are returned apart. */
export function parsePushCommand(payload: Buffer): { command: PushCommand; capabilities: string[] } | undefined {
    const [line = "", words = ""] = payload.toString("utf8").replace(/\n$/, "").split("\0");
    const match = commandLine.exec(line);
    if (!match) return undefined;
    const [, before, after, ref] = match as unknown as [string, string, string, string];
    return { command: { ref, before, after }, capabilities: words.split(" ").filter((word) => word !== "") };
}

/** What can be said of a command by its name alone, before git is started. Undefined: go on. */
export function refuseCommand({ ref, after }: PushCommand, rules: PushRules): string | undefined {
    const branch = branchOfRef(ref);
    if (branch === undefined) return `${ref}: only branches can be pushed; tags and other references are not kept`;
    const reason = refuseBranchName(branch);
    if (reason !== undefined) return `${branch}: the name of a branch ${reason}`;
    if (after === noObject && (rules.environments.includes(branch) || branch === productionName)) {
        return `${branch} is an environment; its branch cannot be deleted by a push`;
    }
    return undefined;
}
