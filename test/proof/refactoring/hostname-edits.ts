import {
    type Declared,
    type DomainDeclared,
    describeThing,
    listOf,
    listUnlisted,
    type Program,
    production,
    replaceThings,
    titleOf,
    withBelow,
} from "./declaration";
import { type Edit, type Edited, pickOne } from "./edit";
import { pickOrigin } from "./generate-program";

interface Place {
    site: string;
    branch: string;
}

/** Places that a hostname can go to. Clients of an `Agency` declare hostnames in another way. */
function listPlaces(program: Program): Place[] {
    const unlisted = { declared: listUnlisted(program) };
    return [
        ...listOf(unlisted, "application").map(({ hostname }) => ({ site: hostname, branch: production })),
        ...listOf(unlisted, "environment").filter(({ branch }) => branch !== production),
    ].map(({ site, branch }) => ({ site, branch }));
}

const listDomains = (program: Program): DomainDeclared[] => listOf({ declared: listUnlisted(program) }, "domain");

function exchange(program: Program, changes: ReadonlyMap<Declared, readonly Declared[]>, words: string): Edited {
    return { program: replaceThings(program, (each) => changes.get(each) ?? [each]), words };
}

const isElsewhere = (one: Place, other: Place) => one.site !== other.site || one.branch !== other.branch;
const isBeside = (one: Place, other: Place) => one.site === other.site && isElsewhere(one, other);
const isAtAnotherSite = (one: Place, other: Place) => one.site !== other.site;

/** A domain goes to another environment and keeps its resource. */
function moveDomain(isPlace: (one: Place, other: Place) => boolean): Edit {
    return (program, choices) => {
        const domain = pickOne(listDomains(program), choices);
        if (domain === undefined) return undefined;
        const places = listPlaces(program).filter((place) => isPlace(place, domain));
        const place = pickOne(places, choices);
        if (place === undefined) return undefined;
        const moved = { ...domain, ...place };
        return exchange(program, new Map([[domain, [moved]]]), `move ${describeThing(moved)}`);
    };
}

/** The same, declared by another resource. */
const moveDomainAndRename: Edit = (program, choices, fresh) => {
    const edited = moveDomain(isElsewhere)(program, choices, fresh);
    const moved = edited?.program.declared.find((each) => !program.declared.includes(each));
    if (edited === undefined || moved === undefined) return undefined;
    const renamed = { ...moved, name: fresh.name("alias") };
    return exchange(edited.program, new Map([[moved, [renamed]]]), `${edited.words}, as ${renamed.name}`);
};

function swapDomains(isPlace: (one: Place, other: Place) => boolean): Edit {
    return (program, choices) => {
        const one = pickOne(listDomains(program), choices);
        if (one === undefined) return undefined;
        const others = listDomains(program).filter((each) => isPlace(each, one));
        const other = pickOne(others, choices);
        if (other === undefined) return undefined;
        const at = ({ site, branch }: Place) => ({ site, branch });
        const swapped = new Map<Declared, Declared[]>([
            [one, [{ ...one, ...at(other) }]],
            [other, [{ ...other, ...at(one) }]],
        ]);
        return exchange(program, swapped, `swap the places of ${one.name} and ${other.name}`);
    };
}

/** Two environments exchange the hostnames that they declare themselves. */
const swapEnvironments: Edit = (program, choices) => {
    const all = listOf({ declared: listUnlisted(program) }, "environment").filter((each) => each.hostname);
    const one = pickOne(all, choices);
    const other = pickOne(
        all.filter((each) => each !== one),
        choices,
    );
    if (one === undefined || other === undefined) return undefined;
    const swapped = new Map<Declared, Declared[]>([
        [one, [{ ...one, hostname: other.hostname }]],
        [other, [{ ...other, hostname: one.hostname }]],
    ]);
    return exchange(program, swapped, `swap the hostnames of ${one.name} and ${other.name}`);
};

const aliasToSite: Edit = (program, choices, fresh) => {
    const domain = pickOne(listDomains(program), choices);
    if (domain === undefined) return undefined;
    const titles = listOf({ declared: listUnlisted(program) }, "organization").map(({ title }) => title);
    const organization = choices.pick(titleOf(program, domain), ...titles);
    const { hostname } = domain;
    const site: Declared = {
        kind: "application",
        name: fresh.name("site"),
        organization,
        hostname,
        origin: pickOrigin(choices),
    };
    return exchange(program, new Map([[domain, [site]]]), `alias ${domain.name} becomes ${describeThing(site)}`);
};

const siteToAlias: Edit = (program, choices, fresh) => {
    const sites = listOf({ declared: listUnlisted(program) }, "application");
    const site = pickOne(sites, choices);
    const place = pickOne(
        listPlaces(program).filter((each) => each.site !== site?.hostname),
        choices,
    );
    if (site === undefined || place === undefined) return undefined;
    const going = withBelow(program, site);
    const alias: Declared = { kind: "domain", name: fresh.name("alias"), ...place, hostname: site.hostname };
    const changes = new Map(going.map((each) => [each as Declared, each === site ? [alias] : []]));
    return exchange(program, changes, `site ${site.name} becomes ${describeThing(alias)}`);
};

/** Edits after which a hostname stands elsewhere. */
export const hostnameEdits = {
    "move domain": moveDomain(isBeside),
    "move domain to another site": moveDomain(isAtAnotherSite),
    "move domain and rename": moveDomainAndRename,
    "swap domains": swapDomains(isBeside),
    "swap domains of two sites": swapDomains(isAtAnotherSite),
    "swap environments": swapEnvironments,
    "alias to site": aliasToSite,
    "site to alias": siteToAlias,
} satisfies Record<string, Edit>;
