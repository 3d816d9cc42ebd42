import * as pulumi from "@pulumi/pulumi";

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

const programs = new WeakMap<object, DeclaredResource[]>();
const withoutStack = {};

/** What stands for the program that is running: a process may run several, one after the other. */
export function currentProgram(): object {
    return pulumi.runtime.getStackResource() ?? withoutStack;
}

/** What the program that is running has declared so far. */
export function listDeclared(): DeclaredResource[] {
    const run = currentProgram();
    const declared = programs.get(run) ?? [];
    programs.set(run, declared);
    return declared;
}

export function declareResource(declared: DeclaredResource): void {
    listDeclared().push(declared);
}
