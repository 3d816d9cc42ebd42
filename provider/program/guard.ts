import * as pulumi from "@pulumi/pulumi";
import type { DeclaredThings } from "../run/declared-things";
import { Slot } from "../run/memory";
import { providerTextOf, resourceTypeOf } from "../run/resource-kind";
import { lightenRegistration } from "./lighten-registration";
import { listThings } from "./list-things";
import { currentRun, type DeclaredResource, listDeclared, providerOf, type ResourceProvider } from "./program";
import { aliasOfOtherWay, currentWay } from "./way";

/**
 * The declarations of the program, once it has ended and all callbacks of outputs have run. Undefined when the program
 * fails. They are plain values: with outputs the guard would depend on every resource, and nothing could be destroyed
 * or removed from the state alone.
 */
async function describeProgram(
    stack: pulumi.Resource,
    all: readonly DeclaredResource[],
    isListed: (each: DeclaredResource) => boolean,
): Promise<DeclaredThings | undefined> {
    try {
        await (stack as unknown as { outputs: { promise(): Promise<unknown> } }).outputs.promise();
        for (;;) {
            const declared = [...all];
            const lists = await listThings(declared, isListed);
            await new Promise(setImmediate);
            if (all.length === declared.length) return lists;
        }
    } catch {
        return undefined; // the engine reports the reason
    }
}

class GuardResource extends pulumi.CustomResource {
    constructor(
        name: string,
        declared: Promise<DeclaredThings | undefined>,
        provider: pulumi.ProviderResource | undefined,
    ) {
        const way = currentWay();
        const props = {
            sites: declared.then((lists) => lists?.sites.length),
            __declared: declared,
            __owners: [{ project: pulumi.getProject(), stack: pulumi.getStack() }],
            ...(way === "dynamic" && { __provider: providerTextOf("guard") }),
        };
        lightenRegistration();
        super(resourceTypeOf("guard", way), name, props, {
            provider,
            hideDiffs: ["__declared", "__owners"],
            aliases: [aliasOfOtherWay("guard", way)],
        });
    }
}

const guarded = new Slot(() => new Set<string>());

const nameOf = (provider: ResourceProvider | undefined) =>
    provider === undefined ? "section-guard" : `section-guard-${provider.__name}`;

/**
 * Registers a guard per provider, which compares the program's declarations with the previous ones: a preview asks no
 * provider about resources that left the program. Only where the stack config `section:maxDeletes` is set. Call it when
 * the program begins: a program whose list of clients is empty by mistake declares nothing that could call it later.
 */
export function guardProgram(provider?: ResourceProvider): void {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined || new pulumi.Config("section").get("maxDeletes") === undefined) return;
    const names = currentRun().memory.of(guarded);
    const name = nameOf(provider);
    if (names.has(name)) return;
    names.add(name);
    const all = listDeclared();
    const isListed = ({ resource, isLookup }: DeclaredResource) => !isLookup && nameOf(providerOf(resource)) === name;
    new GuardResource(name, describeProgram(stack, all, isListed), provider);
}

/** Guards the declarations of a resource's provider. */
export function guardProviderOf(resource: pulumi.CustomResource): void {
    guardProgram(providerOf(resource));
}
