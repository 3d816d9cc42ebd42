import type { Properties } from "pulumi-section/internal";
import { hasUnknown, printableLine } from "pulumi-section/internal";
import type { Preview, PreviewStep } from "../engine/preview";
import { findOwners, type Owner } from "./owner";
import { compareTexts, verbOfStep } from "./resource-change";

interface Access {
    role: string;
    until?: string;
}

/** A person's access to one client, before and after. */
export interface PersonAccess {
    email: string;
    client: Owner["client"];
    /** Undefined: no access. */
    before?: Access;
    after?: Access;
    urns: string[];
}

type Side = "before" | "after";

const text = (value: unknown) =>
    printableLine(typeof value === "string" && !hasUnknown(value) ? value : "not known yet");

function accessOf(member: unknown): Access | undefined {
    if (member === undefined) return undefined;
    const { role, until } =
        typeof member === "object" && member !== null ? (member as Properties) : { role: member, until: undefined };
    return { role: text(role), ...(until !== undefined && { until: text(until) }) };
}

/** The people that the inputs of a Membership or Team give access. */
function peopleOf({ kind }: PreviewStep, inputs: Properties | undefined): [string, Access | undefined][] {
    if (inputs === undefined) return [];
    if (kind === "membership") return [[text(inputs.email), inputs.ended === true ? undefined : accessOf(inputs)]];
    const members = inputs.members;
    if (typeof members !== "object" || members === null) return [];
    return Object.entries(members).map(([email, member]) => [printableLine(email), accessOf(member)]);
}

/** Undeclared members that the preview found: a Team removes them. */
function strangersOf({ olds = {}, news = {} }: PreviewStep): string[] {
    const listed = (inputs: Properties) => (Array.isArray(inputs.removes) ? inputs.removes.map(text) : []);
    const known = new Set([...listed(olds), ...Object.keys((olds.members ?? {}) as object)]);
    return listed(news).filter((email) => !known.has(email));
}

/** Lists people's access to clients, before and after, also where it stays the same. */
export function listPeople(preview: Preview): PersonAccess[] {
    const ownerOf = findOwners(preview);
    const people = new Map<string, PersonAccess>();
    const note = (step: PreviewStep, email: string, side: Side, access: Access | undefined) => {
        const { client } = ownerOf(step);
        const key = `${client.key} ${email}`;
        const person = people.get(key) ?? { email, client, urns: [] };
        people.set(key, person);
        person[side] ??= access;
        if (!person.urns.includes(step.urn)) person.urns.push(step.urn);
    };
    for (const step of preview.steps) {
        if ((step.kind !== "membership" && step.kind !== "team") || step.op === "refresh" || step.op.startsWith("read"))
            continue;
        const stays = verbOfStep(step) === undefined;
        for (const [email, access] of peopleOf(step, step.olds)) note(step, email, "before", access);
        for (const [email, access] of peopleOf(step, stays ? step.olds : step.news)) note(step, email, "after", access);
        for (const email of strangersOf(step)) note(step, email, "before", { role: "a member who is not listed" });
    }
    return [...people.values()].sort(
        (one, other) => compareTexts(one.email, other.email) || compareTexts(one.client.name, other.client.name),
    );
}

export function sayAccess(access: Access | undefined): string {
    if (access === undefined) return "no access";
    return access.until === undefined ? access.role : `${access.role} until ${access.until}`;
}

export function isChanged({ before, after }: PersonAccess): boolean {
    return sayAccess(before) !== sayAccess(after);
}
