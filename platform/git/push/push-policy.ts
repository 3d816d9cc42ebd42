import { productionName } from "section-model";
import type { BranchRules } from "section-model/content";
import { branchOfRef, refuseReferenceName, tagOfRef } from "../references/reference-name";

export const noObject = "0".repeat(40);

/** One line of a push: move `ref` from `before` to `after`; all zeros stand for nothing. */
export interface PushCommand {
    ref: string;
    before: string;
    after: string;
}

/** The facts and rules of the application that is pushed to. */
export interface PushRules {
    /** Branches that are deployed: they cannot be deleted and must carry a valid configuration. */
    environments: readonly string[];
    imageExists(image: string): boolean;
    /** Production takes fast-forwards only, unless this is true. */
    allowProductionRewrite?: boolean;
    /** True for an upload that a `.section-external-source.json` may name. */
    payloadExists?(payload: string): Promise<boolean>;
    /** Compiles the VCL of a proxy. */
    compileVcl?: BranchRules["compileVcl"];
}

/** True for a branch that is deployed. */
export function isDeployed(branch: string, { environments }: Pick<PushRules, "environments">): boolean {
    return branch === productionName || environments.includes(branch);
}

/** Refuses a command by its name alone, before git is started. Undefined: go on. */
export function refuseCommand({ ref, after }: PushCommand, rules: PushRules): string | undefined {
    const branch = branchOfRef(ref);
    const name = branch ?? tagOfRef(ref);
    if (name === undefined) return `${ref}: only branches and tags are kept`;
    const reason = refuseReferenceName(name);
    if (reason !== undefined) return `${name}: the name of a ${branch === undefined ? "tag" : "branch"} ${reason}`;
    if (branch !== undefined && after === noObject && isDeployed(branch, rules)) {
        return `${branch} is an environment; its branch cannot be deleted by a push`;
    }
    return undefined;
}

/** A note about a branch that is kept and not deployed; undefined for environments. */
export function noteOnBranch(branch: string, rules: PushRules): string | undefined {
    if (isDeployed(branch, rules)) return undefined;
    const alike = [productionName, ...rules.environments].find((name) => name.toLowerCase() === branch.toLowerCase());
    if (alike !== undefined)
        return `warning: branch ${branch} is kept and not deployed: the environment is called ${alike}`;
    return `Branch ${branch} is kept and not deployed: no environment has this name`;
}
