import type {
    EnforcementLevel,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { meantName, Problem } from "section-model";
import { type AnySectionResource, type SectionResource, sectionResourceOf } from "./section-resource";

/** A mistake in one resource, in words for the author of the program. */
export interface Violation {
    /** Names the thing and its mistake, as a sentence without a full stop. */
    finding: string;
    /** The possible consequence. */
    why: string;
    /** The way to correct the program. */
    fix: string;
    /** The part of the rule's configuration, as JSON, that allows it. Default: excepts the resource. */
    allow?: Record<string, unknown>;
}

type Report = (resource: Pick<SectionResource, "name" | "urn">, violation: Violation) => void;

export interface RuleText {
    name: `section-${string}`;
    /** The demand of the rule, in one sentence. */
    description: string;
    level: Exclude<EnforcementLevel, "remediate">;
    /** The settings of the rule, each with its default. */
    config?: PolicyConfigSchema["properties"];
}

/** The checks of a rule: for each resource before it is made, or for all of them together at the end. */
export interface RuleChecks<Config> {
    resource?: (resource: AnySectionResource, report: Report, config: Config) => void;
    stack?: (args: StackValidationArgs, report: Report, config: Config) => void;
}

/** A rule of the pack, with all its texts. */
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
    description: "Names of resources in the program that the rule skips; `*` stands for any text",
} as const;

function isNamedBy(name: string, pattern: string): boolean {
    const escaped = pattern.split("*").map((part) => part.replaceAll(/[\\^$+?.()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${escaped.join(".*")}$`, "s").test(name);
}

function reportFor(rule: string, violate: ReportViolation, excepted: readonly string[]): Report {
    return ({ name, urn }, { finding, why, fix, allow = { except: [name] } }) => {
        if (excepted.some((pattern) => isNamedBy(name, pattern))) return;
        violate(
            [
                `${finding}.`,
                `Why: ${why}.`,
                `Fix: ${fix}.`,
                `Allow: ${JSON.stringify({ [rule]: allow })} in the policy configuration.`,
            ].join("\n"),
            urn,
        );
    };
}

/** An error for an impossible setting, which ends the preview. */
export function refuseSetting(detail: string): Problem {
    const problem = new Problem("invalid-input", detail, { remedy: "Correct the policy configuration" });
    problem.stack = problem.message; // the engine prints the stack
    return problem;
}

/** Needed because the engine checks the types of settings, but ignores unknown settings. */
function refuseUnknown(rule: string, given: readonly string[], known: readonly string[]): void {
    const unknown = given.find((key) => !known.includes(key));
    if (unknown === undefined) return;
    const meant = meantName(unknown, known);
    const hint = meant === undefined ? `it has ${known.join(", ")}` : `perhaps it is ${meant}`;
    throw refuseSetting(`${rule} has no setting ${unknown}, ${hint}`);
}

/** Makes a rule from its texts and checks. Every rule can except resources by name. */
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
