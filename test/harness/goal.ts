import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Properties } from "./values";

export interface Alias {
    urn?: string;
    name?: string;
    type?: string;
    parent?: string;
    hasNoParent?: boolean;
}

/** A resource as a program declares it. */
export interface Goal {
    type: string;
    name: string;
    custom: boolean;
    inputs: Properties;
    parent: string;
    /** URN and id; empty for the default provider. */
    provider: string;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    aliases: Alias[];
    ignoreChanges: string[];
    deleteBeforeReplace?: boolean;
    protect?: boolean;
    retainOnDelete?: boolean;
    deletedWith?: string;
}

/** A resource that a program looks up. */
export type Lookup = Pick<Goal, "type" | "name" | "inputs" | "parent" | "provider" | "dependencies"> & { id: string };

type Struct = ReturnType<RegisterResourceRequest["getObject"]>;

const propertiesOf = (struct: Struct): Properties => (struct?.toJavaScript() ?? {}) as Properties;

/** Refuses options that the harness does not know, so that no case passes without its options. */
function refuseUnknown(request: RegisterResourceRequest): void {
    const asked = {
        import: request.getImportid(),
        replaceOnChanges: request.getReplaceonchangesList().join(),
        replaceWith: request.getReplaceWithList().join(),
        transforms: request.getTransformsList().join(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList().join(),
        hooks: request.hasHooks() ? "hooks" : "",
        remote: request.getRemote() ? "remote" : "",
    };
    const unknown = Object.keys(asked).filter((key) => asked[key as keyof typeof asked] !== "");
    if (unknown.length > 0)
        throw new Error(`the harness does not know ${unknown.join(", ")}: run this case on the engine`);
}

export function readGoal(request: RegisterResourceRequest): Goal {
    refuseUnknown(request);
    const dependencies = request.getPropertydependenciesMap();
    return {
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        inputs: propertiesOf(request.getObject()),
        parent: request.getParent(),
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(
            dependencies.toArray().map(([key]) => [key, dependencies.get(key)?.getUrnsList() ?? []]),
        ),
        aliases: request.getAliasesList().map((alias) => {
            const spec = alias.getSpec();
            if (spec === undefined) return { urn: alias.getUrn() };
            const text = (value: string) => (value === "" ? undefined : value);
            return {
                name: text(spec.getName()),
                type: text(spec.getType()),
                parent: text(spec.getParenturn()),
                hasNoParent: spec.getNoparent(),
            };
        }),
        ignoreChanges: request.getIgnorechangesList(),
        deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
        protect: request.getProtect() || undefined,
        retainOnDelete: request.getRetainondelete() || undefined,
        deletedWith: request.getDeletedwith() || undefined,
    };
}

export function readLookup(request: ReadResourceRequest): Lookup {
    return {
        type: request.getType(),
        name: request.getName(),
        id: request.getId(),
        inputs: propertiesOf(request.getProperties()),
        parent: request.getParent(),
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
    };
}
