import type { Choices } from "../../support/choices";
import { type Declared, listOf, listUnlisted, type Program, replaceThings, titleOf, withBelow } from "./declaration";
import type { Edit, Edited } from "./edit";
import { canBeListed } from "./render-program";

/** Some of a list, at least one; undefined when it is empty. */
function pickSome<T>(list: readonly T[], choices: Choices): T[] | undefined {
    if (list.length === 0) return undefined;
    const rest = [...list];
    const count = 1 + choices.below(Math.min(3, list.length));
    return Array.from({ length: count }, () => rest.splice(choices.below(rest.length), 1)[0] as T);
}

const namesOf = (things: readonly Declared[]) => things.map(({ name }) => name).join(", ");

function change(program: Program, things: readonly Declared[], next: (thing: Declared) => Declared): Program {
    return replaceThings(program, (each) => [things.includes(each) ? next(each) : each]);
}

/** Other names without an alias. */
const rename: Edit = (program, choices, fresh) => {
    const things = pickSome(listUnlisted(program), choices);
    if (things === undefined) return undefined;
    const names = new Map(things.map((each) => [each, fresh.name(each.kind)]));
    return {
        program: change(program, things, (each) => ({ ...each, name: names.get(each) as string })),
        words: `rename ${[...names].map(([{ name }, next]) => `${name} -> ${next}`).join(", ")}`,
    };
};

const enterComponent: Edit = (program, choices, fresh) => {
    const things = pickSome(listUnlisted(program), choices);
    if (things === undefined) return undefined;
    const known = listUnlisted(program).flatMap(({ within }) => within ?? []);
    const within = choices.pick(...known, fresh.name("component"));
    return {
        program: change(program, things, (each) => ({ ...each, within })),
        words: `move ${namesOf(things)} into component ${within}`,
    };
};

const leaveComponent: Edit = (program, choices) => {
    const things = pickSome(
        listUnlisted(program).filter(({ within }) => within !== undefined),
        choices,
    );
    if (things === undefined) return undefined;
    return {
        program: change(program, things, (each) => ({ ...each, within: undefined })),
        words: `take ${namesOf(things)} out of the component`,
    };
};

const renameComponent: Edit = (program, choices, fresh) => {
    const [thing] =
        pickSome(
            listUnlisted(program).filter(({ within }) => within !== undefined),
            choices,
        ) ?? [];
    if (thing === undefined) return undefined;
    const next = fresh.name("component");
    const things = program.declared.filter(({ within }) => within === thing.within);
    return {
        program: change(program, things, (each) => ({ ...each, within: next })),
        words: `rename component ${thing.within} -> ${next}`,
    };
};

/** From resources of a program to a client of an `Agency`, as somebody does who begins to keep a clients.yaml. */
const list: Edit = (program, choices) => {
    const titles = listOf(program, "organization").map(({ title }) => title);
    const free = titles.filter((title) => !(title in program.listed) && canBeListed(program, title));
    const [title] = pickSome(free, choices) ?? [];
    if (title === undefined) return undefined;
    return { program: { ...program, listed: { ...program.listed, [title]: undefined } }, words: `list ${title}` };
};

const unlist: Edit = (program, choices) => {
    const [title] = pickSome(Object.keys(program.listed), choices) ?? [];
    if (title === undefined) return undefined;
    const { [title]: _key, ...listed } = program.listed;
    return { program: { ...program, listed }, words: `take ${title} out of the agency's list` };
};

const setKey: Edit = (program, choices, fresh) => {
    const [title] = pickSome(Object.keys(program.listed), choices) ?? [];
    if (title === undefined) return undefined;
    const key = fresh.name("key");
    return { program: { ...program, listed: { ...program.listed, [title]: key } }, words: `${title} gets key ${key}` };
};

const remove: Edit = (program, choices) => {
    const isLast = listOf(program, "organization").length === 1;
    const things = program.declared.filter(({ kind }) => !isLast || kind !== "organization");
    const [thing] = pickSome(things, choices) ?? [];
    if (thing === undefined) return undefined;
    const going = withBelow(program, thing);
    return {
        program: replaceThings(program, (each) => (going.includes(each) ? [] : [each])),
        words: `remove ${namesOf(going)}`,
    };
};

/** Another title of an organization. Its key has to be fixed before, or its resources get other names. */
const retitle: Edit = (program, choices, fresh): Edited | undefined => {
    const free = listOf(program, "organization").filter(
        ({ title }) => !(title in program.listed) || program.listed[title] !== undefined,
    );
    const [organization] = pickSome(free, choices) ?? [];
    if (organization === undefined) return undefined;
    const { title } = organization;
    const next = fresh.title();
    const things = program.declared.filter((each) => titleOf(program, each) === title);
    const declared = program.declared.map((each): Declared => {
        if (!things.includes(each) || each.kind === "environment" || each.kind === "domain") return each;
        return each.kind === "organization" ? { ...each, title: next } : { ...each, organization: next };
    });
    const listed = Object.entries(program.listed).map(([each, key]) => [each === title ? next : each, key]);
    return { program: { declared, listed: Object.fromEntries(listed) }, words: `retitle ${title} -> ${next}` };
};

/** Edits after which the program declares the same things, and those that only remove or rename some. */
export const structureEdits = {
    rename,
    "enter component": enterComponent,
    "leave component": leaveComponent,
    "rename component": renameComponent,
    list,
    unlist,
    "set key": setKey,
    remove,
    retitle,
} satisfies Record<string, Edit>;
