export const stackType = "pulumi:pulumi:Stack";
export const providerPrefix = "pulumi:providers:";

export interface Project {
    name: string;
    stack: string;
}

export const typeOf = (urn: string): string => qualifiedTypeOf(urn).split("$").at(-1) as string;
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
export const isProviderType = (type: string): boolean => type.startsWith(providerPrefix);

function qualifiedTypeOf(urn: string): string {
    return urn.split("::")[2] as string;
}

/** The URN of a resource below a parent; directly below the stack it has only its own type. */
export function makeUrn({ name: project, stack }: Project, parent: string, type: string, name: string): string {
    const above = parent === "" || typeOf(parent) === stackType ? "" : `${qualifiedTypeOf(parent)}$`;
    return `urn:pulumi:${stack}::${project}::${above}${type}::${name}`;
}
