/** The parts of a URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export interface UrnParts {
    stack: string;
    project: string;
    /**
     * Its type with those of the components around it, outermost first: `my:index:Site$pulumi-nodejs:dynamic:Resource`.
     */
    path: string;
    /** The type alone. */
    type: string;
    /** As the program calls it. It may hold `::` as well. */
    name: string;
}

/** @example splitUrn("urn:pulumi:dev::shop::my:index:Site::a::b").name === "a::b" */
export function splitUrn(urn: string): UrnParts {
    const [stack = "", project = "", path = "", ...name] = urn.split("::");
    return {
        stack: stack.replace(/^urn:pulumi:/, ""),
        project,
        path,
        type: path.split("$").pop() ?? path,
        name: name.join("::"),
    };
}

/** The name that the program gave to a resource. */
export function nameOfUrn(urn: string): string {
    return splitUrn(urn).name;
}

/** True for the resource that stands for the stack itself. */
export function isStackUrn(urn: string): boolean {
    return splitUrn(urn).type === "pulumi:pulumi:Stack";
}

/** True for the settings with which a package's resources are managed. */
export function isProviderUrn(urn: string): boolean {
    return splitUrn(urn).type.startsWith("pulumi:providers:");
}

/** True for a type that stands for nothing outside of the engine: a stack, a provider, a reference to another stack. */
export function isOfEngine(type: string): boolean {
    return type.startsWith("pulumi:pulumi:") || type.startsWith("pulumi:providers:");
}

/** True for the provider that the engine makes for resources that name none. */
export function isDefaultProvider(urn: string): boolean {
    return /^default(_|$)/.test(nameOfUrn(urn));
}

/** The URN in a reference to a provider, which is `URN::ID`. */
export function urnOfReference(reference: string): string {
    return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}
