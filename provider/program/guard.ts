import * as pulumi from "@pulumi/pulumi";
import type { DeclaredThings } from "../run/declared-things";
import { Slot } from "../run/memory";
import { providerTextOf, resourceTypeOf } from "../run/resource-kind";
import { currentRun, type DeclaredResource, listDeclared } from "./program";

type Lists = { [key in keyof DeclaredThings]: unknown[] };

/** Lists by kind what a program declares; ids are outputs still. */
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
 * What the program declares, once it has ended: later than that only callbacks of outputs declare anything, which is
 * waited for. Undefined when the program fails. Plain values: were they outputs, everything would be a dependency of
 * the guard, and nothing could be destroyed or taken out of the state alone.
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
        return undefined; // the engine says why already
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
 * Has the engine compare what the program declares with what it declared before, one guard per provider: the engine
 * asks nobody at preview about resources that left. Only where the stack config `section:maxDeletes` is set. To be
 * asked for at the program's beginning: one whose list of clients came out empty declares nothing that could ask for a
 * guard.
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

/** Guards what is declared with the provider of a resource. */
export function guardProviderOf(resource: pulumi.CustomResource): void {
    guardProgram(providerOf(resource));
}
