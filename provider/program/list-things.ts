import * as pulumi from "@pulumi/pulumi";
import { type DeclaredThings, organizationByName } from "../run/declared-things";
import { hasUnknown, unknownValue } from "../run/unknown";
import type { DeclaredResource } from "./program";

/** A declaration as plain values. What is not known yet is the engine's text for that. */
interface Described {
    kind: string;
    id: string;
    /** The text that names it in its holder. */
    name: string;
    /** The id of the organization or application that it is in. */
    holder?: string;
    /** The position of the holder, if the program declares it. */
    holderAt: number;
    isRetained: boolean;
    hostname: string;
    environment?: string;
    emails: string[];
}

/** The output that names a resource in its holder. */
const naming: Readonly<Record<string, string>> = {
    organization: "name",
    application: "hostname",
    environment: "name",
    membership: "email",
    domain: "hostname",
};

async function describe(declared: readonly DeclaredResource[]): Promise<Described[]> {
    const positions = new Map<unknown, number>(declared.map(({ resource }, index) => [resource.id, index]));
    const lines = declared.map(({ kind, resource, args, isRetained }) => {
        const output = (key = "") => (resource as unknown as Record<string, pulumi.Output<object>>)[key];
        const holder = args.organization ?? args.application;
        return {
            kind,
            isRetained,
            id: resource.id,
            name: output(naming[kind]),
            holder,
            holderAt: positions.get(holder) ?? -1,
            hostname: kind === "environment" ? (args.hostname ?? "") : output("hostname"),
            environment: output("environment"),
            emails: kind === "team" ? output("members")?.apply((members) => Object.keys(members ?? {}).sort()) : [],
        };
    });
    const { all } = await pulumi.runtime.serializeProperties("what the program declares", { all: lines });
    return all as Described[];
}

/** The id, or names in its place: a resource under a new name is then still known for the same thing. */
function idOf(described: Described, all: readonly Described[]): string {
    const { kind, id, name, holder, holderAt } = described;
    if (!hasUnknown(id)) return id;
    if (kind === "organization") return hasUnknown(name) ? unknownValue : organizationByName(name);
    const above = all[holderAt];
    const place = above === undefined || !hasUnknown(holder) ? holder : idOf(above, all);
    if (place === undefined || hasUnknown(place) || hasUnknown(name)) return unknownValue;
    return kind === "team" ? place : `${place}/${name}`;
}

const sorted = <T>(list: T[]) => [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/**
 * Lists the declarations by kind, as plain values.
 *
 * @param declared all of the program, so that holders are found among them
 * @param isListed whether to list a declaration
 */
export async function listThings(
    declared: readonly DeclaredResource[],
    isListed: (each: DeclaredResource) => boolean,
): Promise<DeclaredThings> {
    const all = await describe(declared);
    const listed = all.filter((_, index) => isListed(declared[index] as DeclaredResource));
    const listOf = <T>(kind: string, lineOf: (each: Described, id: string) => T) =>
        sorted(
            listed
                .filter((each) => each.kind === kind && !each.isRetained)
                .map((each) => lineOf(each, idOf(each, all))),
        );
    return {
        organizations: listOf("organization", ({ name }, id) => [id, name]),
        sites: listOf("application", ({ hostname }, id) => [id, hostname]),
        environments: listOf("environment", ({ hostname }, id) => [id, hostname]),
        domains: listOf("domain", ({ hostname, environment = "" }) => [hostname, environment]),
        people: listOf("membership", (_, id) => id),
        teams: listOf("team", ({ emails }, id) => [id, emails]),
        retained: sorted(
            listed
                .filter(({ isRetained }) => isRetained)
                .map((each) => (each.kind === "domain" ? each.hostname : idOf(each, all))),
        ),
    };
}
