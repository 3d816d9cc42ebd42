import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { Run } from "../run/run";

/** A resource of this package that a program has declared. */
export interface DeclaredResource {
    kind: string;
    resource: pulumi.CustomResource;
    args: Record<string, unknown>;
    /** Found by `.get`: it is not this program's. */
    isLookup: boolean;
    /** The platform keeps it when it leaves the program. */
    isRetained: boolean;
}

/** The one thing that a module of this package remembers: the runs of programs, by their stacks. */
const runs = new WeakMap<object, Run>();
const withoutStack = {};

/** The run of the program that asks: a process may run several programs, one after the other. */
export function currentRun(): Run {
    const stack = pulumi.runtime.getStackResource() ?? withoutStack;
    const run = runs.get(stack) ?? new Run();
    runs.set(stack, run);
    return run;
}

const declaredResources = new Slot<DeclaredResource[]>(() => []);

/** What the program that is running has declared so far. */
export function listDeclared(): DeclaredResource[] {
    return currentRun().memory.of(declaredResources);
}

export function declareResource(declared: DeclaredResource): void {
    listDeclared().push(declared);
}
