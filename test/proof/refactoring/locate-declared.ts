import { type Declared, listOf, type Program, production, titleOf } from "./declaration";
import { keyOf, type Seen, type Thing } from "./look-at-platform";

/** The place on the platform of something declared, whether it is there or not. */
export interface Located {
    /** The resource that declares it. */
    name: string;
    key: string;
    /** Its value as declared; undefined where the platform makes the value. */
    value?: string;
}

/** Finds everything that a program declares, by the names that things have on the platform. */
export function locateDeclared(program: Pick<Program, "declared">, seen: Seen): Located[] {
    const byName = new Map([...seen].map(([key, thing]) => [`${thing.kind} ${thing.name}`, { key, thing }]));
    const find = (kind: Thing["kind"], name: string) => byName.get(`${kind} ${name}`);
    const applicationOf = (site: string) => find("application", site)?.key.split(" ")[1];
    /** An organization that gets another title is known by its sites. */
    const organizationOf = (title: string): number | undefined => {
        const sites = listOf(program, "application").filter(({ organization }) => organization === title);
        const places = sites.map(({ hostname }) => find("application", hostname));
        return [find("organization", title), ...places].find((each) => each !== undefined)?.thing.organization;
    };
    const locate = (each: Declared): Omit<Located, "name">[] => {
        const organization = organizationOf(titleOf(program, each)) ?? 0;
        if (each.kind === "organization") return [{ key: keyOf.organization(organization), value: each.title }];
        if (each.kind === "membership") return [{ key: keyOf.membership(organization, each.email), value: each.role }];
        if (each.kind === "team")
            return Object.entries(each.members).map(([email, value]) => ({
                key: keyOf.membership(organization, email),
                value,
            }));
        const application = applicationOf(each.kind === "application" ? each.hostname : each.site);
        const branch = each.kind === "application" ? production : each.branch;
        const environment = keyOf.environment(application, branch);
        const domain = { key: keyOf.domain(each.hostname), value: environment };
        if (each.kind === "domain") return [domain];
        if (each.kind === "environment")
            return [{ key: environment }, ...(each.hostname === undefined ? [] : [domain])];
        return [{ key: keyOf.application(application), value: each.hostname }, { key: environment }, domain];
    };
    return program.declared.flatMap((each) => locate(each).map((found) => ({ ...found, name: each.name })));
}
