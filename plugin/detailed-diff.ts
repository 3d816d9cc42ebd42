import microdiff from "microdiff";
import type { Properties } from "pulumi-section/internal";
import { formatPropertyPath } from "section-model";

/** What happens to a property, in the words of the engine's protocol. */
export type PropertyChange = "ADD" | "DELETE" | "UPDATE";

export interface PropertyDiff {
    /** Such as `config["varnish/default.vcl"]` or `proxyChain[0].image`. */
    path: string;
    change: PropertyChange;
    replaces: boolean;
}

const changes = { CREATE: "ADD", REMOVE: "DELETE", CHANGE: "UPDATE" } as const;

const visible = (properties: Properties) =>
    Object.fromEntries(Object.entries(properties).filter(([key, value]) => !key.startsWith("__") && value != null));

/**
 * The differences between two declarations, by property path. Internal properties are left out: the engine does not
 * show them.
 *
 * @param replaces the properties whose change replaces the resource
 */
export function diffProperties(before: Properties, after: Properties, replaces: readonly string[]): PropertyDiff[] {
    return microdiff(visible(before), visible(after), { cyclesFix: false }).map(({ type, path }) => ({
        path: formatPropertyPath(path),
        change: changes[type],
        replaces: replaces.includes(String(path[0])),
    }));
}
