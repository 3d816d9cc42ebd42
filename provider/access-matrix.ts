import * as pulumi from "@pulumi/pulumi";
import { columnLines } from "./program/columns";
import { type DeclaredResource, listDeclared } from "./program/program";
import type { Membership, Role } from "./resources/membership";
import type { Organization } from "./resources/organization";
import type { Team } from "./resources/team";

/** One person's role in one organization. */
export interface Access {
    person: string;
    /** The name of the organization, or its id where the program does not declare it. */
    organization: string;
    role: Role;
    /** The last day of the role. */
    until?: string;
}

export interface AccessMatrix {
    /** E-mail address -> organization -> role. */
    people: Record<string, Record<string, Role>>;
    /** The same as a list, by person and organization. */
    list: Access[];
    /** The list as text in columns. */
    table: string;
}

/**
 * The name of a resource's organization. A preview knows it before the id when the program declares the organization.
 */
function nameOf({ args, resource }: DeclaredResource, organizations: readonly Organization[]): pulumi.Output<string> {
    const declared = organizations.find(({ id }) => id === args.organization);
    if (declared !== undefined) return declared.name;
    const id = (resource as Membership | Team).organization;
    const names = organizations.map((each) => pulumi.all([each.id, each.name]));
    return pulumi
        .all([id, pulumi.all(names)])
        .apply(([wanted, known]) => known.find(([each]) => each === wanted)?.[1] ?? wanted);
}

function accessOf(declared: DeclaredResource, organizations: readonly Organization[]): pulumi.Output<Access[]> {
    const organization = nameOf(declared, organizations);
    if (declared.kind === "team") {
        const { members } = declared.resource as Team;
        return pulumi.all([organization, members]).apply(([name, people]) =>
            Object.entries(people ?? {}).map(([person, member]) => ({
                person,
                organization: name,
                ...(typeof member === "string" ? { role: member } : member),
            })),
        );
    }
    const { email, role, until, ended } = declared.resource as Membership;
    return pulumi
        .all([organization, email, role, until, ended])
        .apply(([name, person, what, last, isOver]) =>
            isOver || person === undefined
                ? []
                : [{ person, organization: name, role: what, ...(last !== undefined && { until: last }) }],
        );
}

function toTable(list: readonly Access[]): string {
    const heads = ["person", "organization", "role", "until"];
    const rows = list.map(({ person, organization, role, until = "" }, index) => [
        list[index - 1]?.person === person ? "" : person,
        organization,
        role as string,
        until,
    ]);
    return columnLines([heads, ...rows]).join("\n");
}

function toMatrix(unordered: readonly Access[]): AccessMatrix {
    const key = ({ person, organization }: Access) => `${person} ${organization}`;
    const list = [...unordered].sort((one, other) => (key(one) < key(other) ? -1 : 1));
    const people: AccessMatrix["people"] = {};
    for (const { person, organization, role } of list) people[person] = { ...people[person], [organization]: role };
    return { people, list, table: toTable(list) };
}

/**
 * The role of each person in each organization, from every Membership and Team that the program has declared before
 * this call: call it last. It lists the owner of an organization only where a Team or Membership names them.
 *
 * @example export const access = section.accessMatrix().table;
 */
export function accessMatrix(): pulumi.Output<AccessMatrix> {
    const declared = listDeclared();
    const organizations = declared
        .filter(({ kind }) => kind === "organization")
        .map(({ resource }) => resource as Organization);
    const people = declared.filter(({ kind, isLookup }) => !isLookup && (kind === "team" || kind === "membership"));
    return pulumi.all(people.map((each) => accessOf(each, organizations))).apply((lists) => toMatrix(lists.flat()));
}
