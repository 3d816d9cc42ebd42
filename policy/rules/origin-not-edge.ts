import type { StackValidationArgs } from "@pulumi/policy";
import { edgeDomainOf, isWithin } from "section-model";
import { defineRule, type Violation } from "../rule";
import { type SectionResource, sectionResourcesOf } from "../section-resource";

interface Config {
    edges: string[];
    addresses: string[];
}

interface Origin {
    property: string;
    address: string;
}

function plain(address: string): string {
    return address.toLowerCase().replace(/\.$/, "");
}

function originsOf({ kind, inputs }: SectionResource<"application"> | SectionResource<"environment">): Origin[] {
    const found: [string, string | undefined][] =
        kind === "application"
            ? [["origin", inputs.origin]]
            : [
                  ["origin", inputs.origin?.address],
                  ...Object.entries(inputs.origins ?? {}).map(([name, origin]): [string, string | undefined] => [
                      `origins.${name}`,
                      origin?.address,
                  ]),
              ];
    return found.flatMap(([property, address]) =>
        address === undefined ? [] : [{ property, address: plain(address) }],
    );
}

function isEdge(address: string, { edges, addresses }: Config): boolean {
    return addresses.includes(address) || edges.some((edge) => isWithin(address, plain(edge)));
}

function violationOf({ name }: SectionResource, { property, address }: Origin, reason: string): Violation {
    return {
        finding: `${property} of ${name} is ${address}, ${reason}`,
        why: "the edge would fetch from itself: requests go round in circles until they fail",
        fix: "name the server behind the platform: its address, or a hostname that only it answers to",
    };
}

/**
 * The hostnames that the platform serves for the stack, each with the resource that declares it, and the edge domains
 * that serve them.
 */
function servedBy(stack: StackValidationArgs) {
    const applications = sectionResourcesOf(stack, "application");
    const domains = sectionResourcesOf(stack, "domain");
    const served = new Map<string, string>();
    const edges = new Set<string>();
    for (const { name, inputs, properties } of [
        ...applications,
        ...sectionResourcesOf(stack, "environment"),
        ...domains,
    ]) {
        if (inputs.hostname === undefined) continue;
        served.set(inputs.hostname, name);
        const edge = typeof properties.cname === "string" ? edgeDomainOf(inputs.hostname, properties.cname) : undefined;
        if (edge !== undefined) edges.add(edge);
    }
    return { served, edges: [...edges] };
}

/** An origin is the server behind the platform, never the platform. */
export const originNotEdge = defineRule<Config>(
    {
        name: "section-origin-not-edge",
        description: "Origins are servers behind the platform, not the platform itself.",
        level: "mandatory",
        config: {
            edges: {
                type: "array",
                items: { type: "string" },
                default: ["c.section.io"],
                description: "Domains below which the edge answers",
            },
            addresses: {
                type: "array",
                items: { type: "string" },
                default: [],
                description: "IPv4 addresses of the edge",
            },
        },
    },
    {
        resource: (resource, report, config) => {
            if (resource.kind !== "application" && resource.kind !== "environment") return;
            for (const origin of originsOf(resource))
                if (isEdge(origin.address, config))
                    report(resource, violationOf(resource, origin, "which is the platform's edge"));
        },
        stack: (args, report, config) => {
            const { served, edges } = servedBy(args);
            for (const resource of [
                ...sectionResourcesOf(args, "application"),
                ...sectionResourcesOf(args, "environment"),
            ])
                for (const origin of originsOf(resource)) {
                    if (isEdge(origin.address, config)) continue; // the check of the resource has reported it
                    const by = served.get(origin.address);
                    if (by !== undefined)
                        report(
                            resource,
                            violationOf(resource, origin, `a hostname that the platform serves for ${by}`),
                        );
                    else if (isEdge(origin.address, { edges, addresses: [] }))
                        report(resource, violationOf(resource, origin, "which is the platform's edge"));
                }
        },
    },
);
