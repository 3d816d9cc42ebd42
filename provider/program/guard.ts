import * as pulumi from "@pulumi/pulumi";
import type { DeclaredThings } from "../run/declared-things";
import { Slot } from "../run/memory";
import { providerTextOf, resourceTypeOf } from "../run/resource-kind";
import { currentRun, type DeclaredResource, listDeclared } from "./program";

type Lists = { [key in keyof DeclaredThings]: unknown[] };

/** Lists the declarations of a program by kind. Their ids are still outputs. */
function listByKind(declared: readonly DeclaredResource[]): Lists {
    const lists: Lists = { organizations: [], sites: [], environments: [], domains: [], people: [], teams: [] };
    for (const { kind, resource, args } of declared) {
        const output = (key: string) => (resource as unknown as Record<string, pulumi.Output<object>>)[key];
        if (kind === "organization") lists.organizations.push([resource.id, output("name")]);
        if (kind === "application") lists.sites.push([resource.id, output("hostname")]);
        if (kind === "environment") lists.environments.push([resource.id, args.hostname ?? ""]);
        if (kind === "domain") lists.domains.push([output("hostname"), output("environment")]);
        if (kind === "membership") lists.people.push(resource.id);
        if (kind === "team")
            lists.teams.push([resource.id, output("members")?.apply((members) => Object.keys(members).sort())]);
    }
    return lists;
}

const sorted = (list: unknown[]) =>
    [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/**
 * The declarations of the program, once it has ended and all callbacks of outputs have run. Undefined when the program
 * fails. They are plain values: with outputs the guard would depend on every resource, and nothing could be destroyed
 * or removed from the state alone.
 */
async function describeProgram(
    stack: pulumi.Resource,
    list: () => DeclaredResource[],
): Promise<DeclaredThings | undefined> {
    try {
        await (stack as unknown as { outputs: { promise(): Promise<unknown> } }).outputs.promise();
        for (;;) {
            const declared = list();
            const lists = await pulumi.runtime.serializeProperties("what the program declares", listByKind(declared));
            await new Promise(setImmediate);
            if (list().length !== declared.length) continue;
            return Object.fromEntries(
                Object.entries(lists).map(([kind, each]) => [kind, sorted(each)]),
            ) as unknown as DeclaredThings;
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
        const props = {
            sites: declared.then((lists) => lists?.sites.length),
            __declared: declared,
            __provider: providerTextOf("guard"),
        };
        super(resourceTypeOf("guard"), name, props, { provider, hideDiffs: ["__declared"] });
    }
}

const guarded = new Slot(() => new Set<string>());

interface Internals {
    __prov?: pulumi.ProviderResource & { __name?: string };
}

const providerOf = (resource: pulumi.Resource) => (resource as unknown as Internals).__prov;
const nameOf = (provider: Internals["__prov"]) =>
    provider === undefined ? "section-guard" : `section-guard-${provider.__name}`;

/**
 * Registers a guard per provider, which compares the program's declarations with the previous ones: a preview asks no
 * provider about resources that left the program. Only where the stack config `section:maxDeletes` is set. Call it when
 * the program begins: a program whose list of clients is empty by mistake declares nothing that could call it later.
 */
export function guardProgram(provider?: Internals["__prov"]): void {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined || new pulumi.Config("section").get("maxDeletes") === undefined) return;
    const names = currentRun().memory.of(guarded);
    const name = nameOf(provider);
    if (names.has(name)) return;
    names.add(name);
    const all = listDeclared();
    const list = () =>
        all.filter((each) => !each.isLookup && !each.isRetained && nameOf(providerOf(each.resource)) === name);
    new GuardResource(name, describeProgram(stack, list), provider);
}

/** Guards the declarations of a resource's provider. */
export function guardProviderOf(resource: pulumi.CustomResource): void {
    guardProgram(providerOf(resource));
}
