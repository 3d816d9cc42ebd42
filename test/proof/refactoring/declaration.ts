export type Role = "admin" | "state" | "readonly";

interface Resource {
    /** The name of its resource. */
    name: string;
    /** The name of the component around it. */
    within?: string;
}

export interface OrganizationDeclared extends Resource {
    kind: "organization";
    title: string;
}

export interface ApplicationDeclared extends Resource {
    kind: "application";
    organization: string;
    hostname: string;
    origin: string;
}

export interface EnvironmentDeclared extends Resource {
    kind: "environment";
    /** The hostname of its application. */
    site: string;
    branch: string;
    /** Production has that of its application. */
    hostname?: string;
    /** The content of a file: most environments declare none, because a commit takes longer than everything else. */
    note?: string;
}

export interface DomainDeclared extends Resource {
    kind: "domain";
    site: string;
    branch: string;
    hostname: string;
}

export interface MembershipDeclared extends Resource {
    kind: "membership";
    organization: string;
    email: string;
    role: Role;
}

export interface TeamDeclared extends Resource {
    kind: "team";
    organization: string;
    members: Readonly<Record<string, Role>>;
}

/** A thing as a program declares it. Others refer to it by its name on the platform, not by that of its resource. */
export type Declared =
    | OrganizationDeclared
    | ApplicationDeclared
    | EnvironmentDeclared
    | DomainDeclared
    | MembershipDeclared
    | TeamDeclared;

export interface Program {
    declared: readonly Declared[];
    /** Title of an organization -> its key, for clients that an `Agency` declares: their resources have its names. */
    listed: Readonly<Record<string, string | undefined>>;
}

export const production = "Production";

/** The things of one kind in a program. */
export function listOf<K extends Declared["kind"]>(
    { declared }: Pick<Program, "declared">,
    kind: K,
): Extract<Declared, { kind: K }>[] {
    return declared.filter((each): each is Extract<Declared, { kind: K }> => each.kind === kind);
}

/** The title of the organization that a thing belongs to. */
export function titleOf(program: Pick<Program, "declared">, thing: Declared): string {
    if (thing.kind === "organization") return thing.title;
    if (thing.kind !== "environment" && thing.kind !== "domain") return thing.organization;
    return listOf(program, "application").find(({ hostname }) => hostname === thing.site)?.organization ?? "";
}

/** A thing and everything that goes when it goes. */
export function withBelow(program: Pick<Program, "declared">, thing: Declared): Declared[] {
    const isBelow = (each: Declared): boolean => {
        if (thing.kind === "organization") return titleOf(program, each) === thing.title;
        const place = each.kind === "environment" || each.kind === "domain" ? each : undefined;
        if (thing.kind === "application") return place?.site === thing.hostname;
        if (thing.kind !== "environment" || thing.branch === production || each.kind !== "domain") return false;
        return each.site === thing.site && each.branch === thing.branch;
    };
    return program.declared.filter((each) => each === thing || isBelow(each));
}

/** The things that stand as resources of their own. */
export function listUnlisted(program: Program): Declared[] {
    return program.declared.filter((each) => !(titleOf(program, each) in program.listed));
}

/** The program with other things in the place of some; those without another one leave. */
export function replaceThings(program: Program, change: (thing: Declared) => readonly Declared[]): Program {
    const declared = program.declared.flatMap(change);
    const titles = listOf({ declared }, "organization").map(({ title }) => title);
    const listed = Object.entries(program.listed).filter(([title]) => titles.includes(title));
    return { declared, listed: Object.fromEntries(listed) };
}

/** A thing in words, for a person who reads about a failure. */
export function describeThing(thing: Declared): string {
    const { kind, name, within } = thing;
    const about = {
        organization: () => (thing as OrganizationDeclared).title,
        application: () =>
            `${(thing as ApplicationDeclared).hostname} of ${(thing as ApplicationDeclared).organization}`,
        environment: () => `${(thing as EnvironmentDeclared).branch} of ${(thing as EnvironmentDeclared).site}`,
        domain: () => {
            const { hostname, branch, site } = thing as DomainDeclared;
            return `${hostname} at ${branch} of ${site}`;
        },
        membership: () => `${(thing as MembershipDeclared).email} (${(thing as MembershipDeclared).role})`,
        team: () =>
            `${(thing as TeamDeclared).organization}: ${Object.keys((thing as TeamDeclared).members).join(", ")}`,
    }[kind]();
    return `${kind} ${within === undefined ? "" : `${within}/`}${name}: ${about}`;
}

export function describeProgram(program: Program): string[] {
    const { listed } = program;
    return program.declared.map((thing) => {
        const title = titleOf(program, thing);
        return `${describeThing(thing)}${title in listed ? ` [in the agency, key ${listed[title] ?? "none"}]` : ""}`;
    });
}
