import type {
    PolicyResource,
    ReportViolation,
    ResourceValidation,
    ResourceValidationArgs,
    StackValidationArgs,
} from "@pulumi/policy";
import {
    type ApplicationInputs,
    type DomainInputs,
    type EnvironmentInputs,
    kindOfType,
    type MembershipInputs,
    type OrganizationInputs,
    type TeamInputs,
} from "section-model";
import { copyKnown, type Known } from "./known";

/** The inputs of each kind of resource. */
export interface SectionInputs {
    organization: OrganizationInputs;
    membership: MembershipInputs;
    team: TeamInputs;
    application: ApplicationInputs;
    environment: EnvironmentInputs;
    domain: DomainInputs;
}

export type SectionKind = keyof SectionInputs;

/** One resource of `pulumi-section`, as a rule sees it. */
export interface SectionResource<Kind extends SectionKind = SectionKind> {
    readonly kind: Kind;
    /** Its name in the program. */
    readonly name: string;
    readonly urn: string;
    /**
     * The declared inputs, normalised as the resource itself does: hostnames in lower case, an origin as `{ address }`.
     */
    readonly inputs: Known<SectionInputs[Kind]>;
    /** Paths of values that only an `up` will know, such as `organization`. */
    readonly unknown: readonly string[];
    readonly isProtected: boolean;
}

/** One resource of any kind: `kind` tells its inputs. */
export type AnySectionResource = { [Kind in SectionKind]: SectionResource<Kind> }[SectionKind];

/** A resource in a check of the whole stack. */
export interface StackSectionResource<Kind extends SectionKind = SectionKind> extends SectionResource<Kind> {
    /** Inputs and outputs. */
    readonly properties: Readonly<Record<string, unknown>>;
    /** The resources of a kind that a property comes from. A preview knows them even when it does not know ids. */
    sourcesOf<Source extends SectionKind>(property: string, kind: Source): StackSectionResource<Source>[];
}

/** The kind of a resource by its type in the engine. Undefined for types of other packages. */
export function sectionKindOf(type: string): SectionKind | undefined {
    const kind = kindOfType(type);
    return kind === "guard" ? undefined : kind;
}

type Seen = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "opts" | "props">;

function readResource<Kind extends SectionKind>(kind: Kind, { name, urn, opts, props }: Seen) {
    const { known, unknown } = copyKnown(props);
    return {
        kind,
        name,
        urn,
        inputs: known as Known<SectionInputs[Kind]>,
        properties: known,
        unknown,
        isProtected: opts.protect,
    };
}

/** The resource that a rule has to check. Undefined when it is not one of `pulumi-section`. */
export function sectionResourceOf(args: Seen): AnySectionResource | undefined {
    const kind = sectionKindOf(args.type);
    return kind && (readResource(kind, args) as AnySectionResource);
}

/**
 * A check of the resources of one kind, typed: for `validateResource` of a rule.
 *
 * @example const rule: ResourceValidationPolicy = {
 *     name: "agency-own-origins",
 *     description: "Origins are our own servers.",
 *     validateResource: forSection("environment", ({ name, inputs }, report) => {
 *         const address = inputs.origin?.address;
 *         if (address !== undefined && !address.endsWith(".agency.example"))
 *             report(`${name}: ${address} is none of our servers`);
 *     }),
 * };
 */
export function forSection<Kind extends SectionKind>(
    kind: Kind,
    check: (
        resource: SectionResource<Kind>,
        report: ReportViolation,
        args: ResourceValidationArgs,
    ) => void | Promise<void>,
): ResourceValidation {
    return (args, report) =>
        sectionKindOf(args.type) === kind ? check(readResource(kind, args), report, args) : undefined;
}

/**
 * The resources of one kind in a stack, typed: for `validateStack` of a rule. They come in the order of their names.
 *
 * @example validateStack: (stack, report) => {
 *     for (const { inputs, urn } of sectionResourcesOf(stack, "membership"))
 *         if (inputs.role === "admin" && !inputs.email?.endsWith("@agency.example"))
 *             report(`${inputs.email} is an admin`, urn);
 * };
 */
export function sectionResourcesOf<Kind extends SectionKind>(
    stack: Pick<StackValidationArgs, "resources">,
    kind: Kind,
): StackSectionResource<Kind>[] {
    const among = (resources: readonly PolicyResource[], wanted: SectionKind): StackSectionResource[] =>
        resources
            .filter(({ type }) => sectionKindOf(type) === wanted)
            .map((resource) => ({
                ...readResource(wanted, resource),
                sourcesOf: (property, source) => among(resource.propertyDependencies[property] ?? [], source) as never,
            }));
    const byName = (one: SectionResource, other: SectionResource) => (one.name < other.name ? -1 : 1);
    return among(stack.resources, kind).sort(byName) as StackSectionResource<Kind>[];
}
