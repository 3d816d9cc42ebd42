import { existsSync } from "node:fs";
import path from "node:path";
import { explicitPrefix, sayAuthor } from "pulumi-section/internal";
import { normaliseEndpoint } from "section-client";
import { isProblem } from "section-model";
import { type DriftFinding, findDrift } from "../drift/find-drift";
import { showDifference } from "../drift/shown-value";
import type { StackChoice } from "../engine/stack-config";
import type { State, StateResource } from "../engine/state";
import type { ComparedStack } from "./drift-places";

/** True in the folder of a Pulumi program, and below it. */
export function isInProgram(folder: string): boolean {
    const parent = path.dirname(folder);
    if (["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(path.join(folder, file)))) return true;
    return parent !== folder && isInProgram(parent);
}

/** Names the properties that differ, in one line, without their values. */
export function lineOf({ resource, differences, author }: DriftFinding): string {
    const thing = `${resource.kind} ${resource.id}`;
    if (differences === undefined) return `${thing} is gone: ${author?.deed ?? "removed"} by ${sayAuthor(author)}`;
    const parts = differences.map((difference) => {
        const properties = showDifference({ resource }, difference).map(({ property }) => property);
        return `${properties.join(", ")} by ${sayAuthor(difference.author)}`;
    });
    return `${thing}: ${parts.join("; ")}`;
}

/** A program may manage things of several endpoints, whose ids mean nothing to each other. */
function isOf({ explicit }: State, { provider }: StateResource, endpoint: string): boolean {
    const own = explicit.get(provider)?.get(`${explicitPrefix}:endpoint`);
    return own === undefined || normaliseEndpoint(own) === endpoint;
}

/** Compares the declarations of a stack at an endpoint with the platform. */
export async function compareStack(choice: StackChoice, endpoint: string): Promise<ComparedStack> {
    const { state, findings, failures } = await findDrift(choice, false);
    const isHere = ({ resource }: { resource: StateResource }) => isOf(state, resource, endpoint);
    return {
        declared: new Set(state.resources.filter((resource) => isHere({ resource })).map(({ id }) => id)),
        drifted: findings.filter(isHere).map((finding) => ({ id: finding.resource.id, line: lineOf(finding) })),
        failed: new Set(failures.filter(isHere).map(({ resource }) => resource.id)),
    };
}

/** The comparison where there is a stack to compare with, or why there is none. */
export async function compareIfThere(choice: StackChoice, endpoint: string): Promise<ComparedStack | string> {
    if (choice.stack === undefined && !isInProgram(process.cwd()))
        return "this is not the folder of a Pulumi program; --stack names a stack";
    try {
        return await compareStack(choice, endpoint);
    } catch (error) {
        // a stack that is asked for by name has to answer; the selected one need not
        if (choice.stack !== undefined || !isProblem(error) || !["invalid-input", "unsupported"].includes(error.code))
            throw error;
        return error.message;
    }
}
