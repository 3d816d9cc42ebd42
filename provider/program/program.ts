import * as pulumi from "@pulumi/pulumi";
import type { Claimant } from "../run/claimant";
import { Slot } from "../run/memory";
import { Run } from "../run/run";

/** A resource of this package that a program has declared. */
export interface DeclaredResource {
    kind: string;
    resource: pulumi.CustomResource;
    args: Record<string, unknown>;
    /** Looked up by `.get`: it does not belong to this program. */
    isLookup: boolean;
    /** The platform keeps it when it leaves the program. */
    isRetained: boolean;
}

/** The runs of programs by their stacks: the only state of a module in this package. */
const runs = new WeakMap<object, Run>();
const withoutStack = {};

function runOf(owner: object): Run {
    const run = runs.get(owner) ?? new Run();
    runs.set(owner, run);
    return run;
}

/** The run of the calling program: a process may run several programs, one after the other. */
export function currentRun(): Run {
    return runOf(pulumi.runtime.getStackResource() ?? withoutStack);
}

/** The run of this process, whatever programs it runs. */
export function processRun(): Run {
    return runOf(withoutStack);
}

const declaredResources = new Slot<DeclaredResource[]>(() => []);

/** The declarations of the running program so far. */
export function listDeclared(): DeclaredResource[] {
    return currentRun().memory.of(declaredResources);
}

export function declareResource(declared: DeclaredResource): void {
    listDeclared().push(declared);
}

/** The stack that runs the program, as claims name it. */
export function describeStack(): Required<Pick<Claimant, "project" | "stack" | "isPreview">> {
    return { project: pulumi.getProject(), stack: pulumi.getStack(), isPreview: pulumi.runtime.isDryRun() };
}

/** An explicit provider of a resource. The SDK tells neither it nor its name in public. */
export type ResourceProvider = pulumi.ProviderResource & { __name?: string };

/** The explicit provider of a resource. Undefined for the default one. */
export function providerOf(resource: pulumi.Resource): ResourceProvider | undefined {
    return (resource as unknown as { __prov?: ResourceProvider }).__prov;
}
