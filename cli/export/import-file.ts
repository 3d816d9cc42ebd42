import { classNameOf, resourceTypeOf, type Way, withShown } from "pulumi-section/internal";
import { identifierOf, Names } from "../typescript/program-names";
import {
    countEstate,
    type EstateCounts,
    type ExportedResource,
    type Inventory,
    type LeftOut,
    resourcesOf,
} from "./inventory";

/** The import file; the engine reads its resources only. */
export interface ImportFile {
    resources: ImportedResource[];
    /** For people and for `pulumi-section adopt`. */
    export: { endpoint: string; counts: EstateCounts; leftOut: LeftOut[] };
}

/** As `pulumi import --file` reads it: with outputs nothing is read from the provider. */
export interface ImportedResource {
    type: string;
    /** Its name in the program; where there is a `logicalName`, the variable in the code that the engine writes. */
    name: string;
    /** Its name in the program, where the engine writes code. */
    logicalName?: string;
    id: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
}

export const importFileName = "import.json";

/** The name of a resource in the program. */
export function programNameOf({ name, logicalName }: Pick<ImportedResource, "name" | "logicalName">): string {
    return logicalName ?? name;
}

/** The engine writes no code of dynamic resources: they have no schema. */
function importDynamic({ kind, name, recorded }: ExportedResource): ImportedResource {
    return { type: resourceTypeOf(kind, "dynamic"), name, ...recorded };
}

function importPlugin({ kind, name: logicalName, recorded }: ExportedResource, names: Names): ImportedResource {
    const { id, inputs, outputs } = recorded;
    const name = names.take(identifierOf(logicalName), classNameOf(kind));
    return {
        type: resourceTypeOf(kind, "plugin"),
        name,
        logicalName,
        id,
        inputs,
        outputs: withShown(kind, id, outputs),
    };
}

/** The file by which `pulumi import` takes an estate into a stack. */
export function writeImportFile(inventory: Inventory, endpoint: string, way: Way): ImportFile {
    const names = new Names();
    const resources = resourcesOf(inventory).map((resource) =>
        way === "plugin" ? importPlugin(resource, names) : importDynamic(resource),
    );
    return { resources, export: { endpoint, counts: countEstate(inventory), leftOut: inventory.leftOut } };
}
