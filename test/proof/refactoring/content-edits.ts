import type { Choices } from "../../support/choices";
import {
    type Declared,
    describeThing,
    listOf,
    listUnlisted,
    type Program,
    production,
    replaceThings,
} from "./declaration";
import { type Edit, type Edited, pickOne } from "./edit";
import type { FreshNames } from "./fresh-names";
import {
    generateAlias,
    generateClient,
    generatePerson,
    generateSite,
    generateStaging,
    pickOrigin,
    roles,
} from "./generate-program";

const addTo = (program: Program, things: readonly Declared[]): Program => ({
    ...program,
    declared: [...program.declared, ...things],
});

/** Things that a program may declare besides: a client, or something in one that it has. */
function generateMore(program: Program, choices: Choices, fresh: FreshNames): Declared[] {
    const organization = pickOne(listOf(program, "organization"), choices);
    const site = pickOne(listOf(program, "application"), choices);
    const kind = choices.pick("client", "site", "person", "staging", "alias");
    if (kind === "client" || organization === undefined) return generateClient(choices, fresh);
    const { title } = organization;
    if (kind === "site") return generateSite(title, choices, fresh);
    const hasTeam = listOf(program, "team").some((team) => team.organization === title);
    if (kind === "person") return hasTeam ? [] : [generatePerson(title, choices, fresh)];
    if (site === undefined) return [];
    const { hostname } = site;
    const hasStaging = listOf(program, "environment").some(
        (each) => each.site === hostname && each.branch === "Staging",
    );
    if (kind === "staging") return hasStaging ? [] : [generateStaging(hostname, choices, fresh)];
    return [generateAlias(hostname, "Production", fresh)];
}

const add: Edit = (program, choices, fresh) => {
    const things = generateMore(program, choices, fresh);
    if (things.length === 0) return undefined;
    return { program: addTo(program, things), words: `add ${things.map(describeThing).join("; ")}` };
};

/** The program declares something that somebody has made by hand just before, exactly so. */
const adopt: Edit = (program, choices, fresh) => {
    const [thing, ...others] = generateMore(program, choices, fresh).filter(
        (each) => each.kind !== "environment" || each.branch !== production, // it would change what is there
    );
    if (thing === undefined || thing.kind === "environment" || thing.kind === "team") return undefined;
    const words = `add what is made by hand before: ${[thing, ...others].map(describeThing).join("; ")}`;
    return { program: addTo(program, [thing, ...others]), words, madeByHand: thing };
};

/** The same, but what is there differs from the declaration: only with consent. */
const adoptChanged: Edit = (program, choices, fresh) => {
    const edited = adopt(program, choices, fresh);
    const thing = edited?.madeByHand;
    if (edited === undefined || thing === undefined) return undefined;
    const madeByHand =
        thing.kind === "membership"
            ? { ...thing, role: roles.find((role) => role !== thing.role) ?? thing.role }
            : thing.kind === "application"
              ? { ...thing, origin: "198.51.100.1" }
              : undefined;
    return madeByHand && { ...edited, words: `${edited.words}, but differently`, madeByHand };
};

const changeContent: Edit = (program, choices, fresh): Edited | undefined => {
    const things = program.declared.filter(({ kind }) => ["application", "environment", "membership"].includes(kind));
    const thing = pickOne(things, choices);
    if (thing === undefined) return undefined;
    const changed = (): Declared => {
        if (thing.kind === "application") return { ...thing, origin: pickOrigin(choices) };
        if (thing.kind === "environment") return { ...thing, note: fresh.note() };
        return thing.kind === "membership" ? { ...thing, role: choices.pick(...roles) } : thing;
    };
    const next = changed();
    return {
        program: replaceThings(program, (each) => [each === thing ? next : each]),
        words: `change ${describeThing(next)}`,
    };
};

/** Memberships of an organization become one Team of the same people. */
const formTeam: Edit = (program, choices, fresh) => {
    const people = listUnlisted(program).filter((each) => each.kind === "membership");
    const organization = pickOne(people, choices)?.organization;
    if (organization === undefined) return undefined;
    const own = people.filter((each) => each.organization === organization);
    const members = Object.fromEntries([
        [fresh.owner, "admin" as const],
        ...own.map(({ email, role }) => [email, role] as const),
    ]);
    const team: Declared = { kind: "team", name: fresh.name("team"), organization, members };
    const rest = replaceThings(program, (each) => (own.some((one) => one === each) ? [] : [each]));
    return { program: addTo(rest, [team]), words: `${own.map(({ name }) => name).join(", ")} become ${team.name}` };
};

const dissolveTeam: Edit = (program, choices, fresh) => {
    const team = pickOne(listOf(program, "team"), choices);
    if (team === undefined) return undefined;
    const { organization } = team;
    const people = Object.entries(team.members)
        .filter(([email]) => email !== fresh.owner)
        .map(([email, role]): Declared => {
            return { kind: "membership", name: fresh.name("person"), organization, email, role };
        });
    return {
        program: replaceThings(program, (each) => (each === team ? people : [each])),
        words: `${team.name} becomes ${people.map(({ name }) => name).join(", ")}`,
    };
};

/** Edits of what is declared: things come, change, or are declared by another kind of resource. */
export const contentEdits = {
    add,
    adopt,
    "adopt changed": adoptChanged,
    "change content": changeContent,
    "form team": formTeam,
    "dissolve team": dissolveTeam,
} satisfies Record<string, Edit>;
