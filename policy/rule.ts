import type {
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { closest } from "fastest-levenshtein";
import { Problem } from "section-model";
import { type AnySectionResource, type SectionResource, sectionResourceOf } from "./section-resource";

/** What is wrong with one resource, in words for whoever wrote the program. */
export interface Violation {
    /** Which thing, and what it is like: a sentence without its end. */
    finding: string;
    /** What may come of it. */
    why: string;
    /** What to write instead. */
    mend: string;
    /** Another way to allow it than to except the resource: a part of the rule's configuration as JSON. */
    allow?: Record<string, unknown>;
}

type Report = (resource: Pick<SectionResource, "name" | "urn">, violation: Violation) => void;

export interface RuleText {
    name: `section-${string}`;
    /** One sentence: what the rule wants. */
    description: string;
    level: Exclude<EnforcementLevel, "remediate">;
    /** What can be configured, each with its default. */
    config?: PolicyConfigSchema["properties"];
}

/** How a rule looks at resources: one after the other before anything is made, or all of them together at the end. */
export interface RuleChecks<Config> {
    resource?: (resource: AnySectionResource, report: Report, config: Config) => void;
    stack?: (args: StackValidationArgs, report: Report, config: Config) => void;
}

/** A rule of the pack: everything of its text is there. */
export type SectionPolicy = (
    | ResourceValidationPolicy
    | StackValidationPolicy
    | (ResourceValidationPolicy & StackValidationPolicy)
) & {
    enforcementLevel: EnforcementLevel;
    configSchema: PolicyConfigSchema;
};

const except = {
    type: "array",
    items: { type: "string" },
    default: [],
    description: "Names of resources in the program that the rule leaves alone; `*` is any text",
} as const;

function isNamedBy(name: string, pattern: string): boolean {
    const escaped = pattern.split("*").map((part) => part.replaceAll(/[\\^$+?.()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${escaped.join(".*")}$`, "s").test(name);
}

function reportFor(rule: string, violate: ReportViolation, excepted: readonly string[]): Report {
    return ({ name, urn }, { finding, why, mend, allow = { except: [name] } }) => {
        if (excepted.some((pattern) => isNamedBy(name, pattern))) return;
        violate(
            [
                `${finding}.`,
                `Why: ${why}.`,
                `Mend: ${mend}.`,
                `Allow: ${JSON.stringify({ [rule]: allow })} in the policy configuration.`,
            ].join("\n"),
            urn,
        );
    };
}

/** A setting that cannot be: ends the preview with this reason. */
export function refuseSetting(detail: string): Problem {
    const problem = new Problem("invalid-input", detail, { remedy: "Correct the policy configuration" });
    problem.stack = problem.message; // the engine prints it
    return problem;
}

/** The engine checks the types of settings, and passes over those that no rule has. */
function refuseUnknown(rule: string, given: readonly string[], known: readonly string[]): void {
    const unknown = given.find((key) => !known.includes(key));
    if (unknown === undefined) return;
    throw refuseSetting(`${rule} has no setting ${unknown}, perhaps it is ${closest(unknown, known)}`);
}

/** Makes a rule of its text and its checks. Every rule can except resources by name. */
export function defineRule<Config extends object>(
    { name, description, level, config = {} }: RuleText,
    checks: RuleChecks<Config>,
): SectionPolicy {
    const properties = { ...config, except };
    const defaults = Object.fromEntries(Object.entries(properties).map(([key, { default: value }]) => [key, value]));
    const read = (args: { getConfig<T extends object>(): T }) => {
        const given = args.getConfig();
        refuseUnknown(name, Object.keys(given), Object.keys(properties));
        return { ...defaults, ...given } as Config & { except: string[] };
    };
    const { resource, stack } = checks;
    return {
        name,
        description,
        enforcementLevel: level,
        configSchema: { properties },
        ...(resource && {
            validateResource: (args: ResourceValidationArgs, violate: ReportViolation) => {
                const seen = sectionResourceOf(args);
                if (seen !== undefined) resource(seen, reportFor(name, violate, read(args).except), read(args));
            },
        }),
        ...(stack && {
            validateStack: (args: StackValidationArgs, violate: ReportViolation) =>
                stack(args, reportFor(name, violate, read(args).except), read(args)),
        }),
    } as SectionPolicy;
}
