import {
    type PolicyResource,
    type ResourceValidationArgs,
    type StackValidationArgs,
    unknownCheckingProxy,
} from "@pulumi/policy";
import type { SectionPolicy } from "pulumi-section-policy";
import type { ResourceKind } from "../../provider/run/resource-kind";
import { typeNow } from "./both-ways";

/** The engine's placeholder for text that only an `up` will know. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Declared {
    /** Such as `Membership`, or the whole type of another package's resource. */
    type: string;
    name: string;
    props: Record<string, unknown>;
    protect?: boolean;
    /** Property -> names of the resources that its value comes from. */
    from?: Record<string, string[]>;
}

export function urnOf({ type, name }: Pick<Declared, "type" | "name">): string {
    return `urn:pulumi:test::story::${typeOf(type)}::${name}`;
}

function typeOf(type: string): string {
    return type.includes(":") ? type : typeNow(type.toLowerCase() as ResourceKind);
}

/** Resources as @pulumi/policy hands them to a rule. */
export function resourcesOf(declared: Declared[]): PolicyResource[] {
    const resources = declared.map(({ type, name, props, protect = false }) => ({
        type: typeOf(type),
        name,
        urn: urnOf({ type, name }),
        props: unknownCheckingProxy(props),
        opts: { protect } as PolicyResource["opts"],
        dependencies: [],
        propertyDependencies: {} as Record<string, PolicyResource[]>,
        isType: () => false,
        asType: () => undefined,
    }));
    declared.forEach(({ from = {} }, index) => {
        for (const [property, names] of Object.entries(from))
            (resources[index] as PolicyResource).propertyDependencies[property] = resources.filter(({ name }) =>
                names.includes(name),
            );
    });
    return resources;
}

/** The findings of a rule about resources, as `NAME: FINDING` or the whole text. `config` is added to the defaults. */
export async function violationsOf(
    policy: SectionPolicy,
    declared: Declared[],
    config: object = {},
    whole = false,
): Promise<string[]> {
    const said: string[] = [];
    const resources = resourcesOf(declared);
    const getConfig = (() => config) as <T extends object>() => T;
    const sayOf = (urn: string | undefined) => (message: string, about?: string) => {
        const name = resources.find((each) => each.urn === (about ?? urn))?.name;
        said.push(whole ? message : `${name}: ${message.split("\n")[0]}`);
    };
    const { validateResource, validateStack } = policy as {
        validateResource?: (args: ResourceValidationArgs, say: (message: string, about?: string) => void) => unknown;
        validateStack?: (args: StackValidationArgs, say: (message: string, about?: string) => void) => unknown;
    };
    for (const resource of resources)
        await validateResource?.({ ...resource, getConfig } as unknown as ResourceValidationArgs, sayOf(resource.urn));
    await validateStack?.({ resources, getConfig } as unknown as StackValidationArgs, sayOf(undefined));
    return said;
}
