import { classNameOf } from "pulumi-section/internal";
import { productionName } from "section-model";
import { Code, literalOf } from "../typescript/literal";
import { identifierOf, Names } from "../typescript/program-names";
import type { LeftThing } from "./find-left";
import { sayTakingBack } from "./left-agency";

type Kind = Parameters<typeof classNameOf>[0];

/** Left things of one resource: one thing, or the memberships of a team. */
export interface LeftResource {
    kind: Kind;
    /** Its name in the program that made them. */
    name: string;
    things: LeftThing[];
    /** Declares them again. Undefined where no statement does. */
    statement?: string;
}

/** What declares things again, or why no statement does. */
export function sayDeclaration({ statement, things: [thing] }: LeftResource): string {
    if (statement !== undefined) return statement;
    if (thing?.heldBy !== undefined) return `the state of stack ${thing.heldBy} has it: it is not left`;
    return thing?.client === undefined ? "no resource can declare it" : sayTakingBack(thing.client);
}

/** True for things that a statement of their own can declare. */
const isForProgram = ({ heldBy, client }: LeftThing) => heldBy === undefined && client === undefined;

const parentKeys: Readonly<Record<LeftThing["kind"], string | undefined>> = {
    organization: undefined,
    membership: "organization",
    application: "organization",
    environment: "application",
    domain: "environment",
};

/** The id of the thing in which a thing is. */
function parentOf({ kind, id, organization }: LeftThing): string | undefined {
    if (kind === "organization") return undefined;
    return kind === "membership" ? String(organization) : id.slice(0, id.lastIndexOf("/"));
}

/** The properties that declare a thing as it is, without that of its parent. Undefined where nothing can declare it. */
function describe({ kind, organization, thing, graph }: LeftThing): Record<string, unknown> | undefined {
    const { email, application, environment: name, hostname } = thing;
    const client = graph.find(({ id }) => id === organization);
    const site = client?.applications.find(({ id }) => id === application);
    switch (kind) {
        case "organization":
            return { name: client?.name };
        case "membership":
            return { email, role: client?.members?.find((each) => each.email === email)?.role };
        case "application":
            return site?.pathPrefix === "/" ? { hostname: site.name } : undefined;
        case "environment": {
            if (name === productionName) return { name };
            const domains = site?.environments.find((each) => each.name === name)?.domains ?? [];
            // one with a claim is declared as a Domain
            const own = domains.find(({ claim }) => claim === undefined) ?? domains[0];
            return own && { name, hostname: own.hostname };
        }
        case "domain":
            return { hostname };
    }
}

/** The places of the statements' variables: only for things in which others are. */
function nameVariables(left: readonly LeftThing[]): Map<string, string> {
    const stated = left.filter(isForProgram);
    const parents = new Set(stated.map(parentOf));
    const names = new Names(["section"]);
    const variables = stated
        .filter(({ id }) => parents.has(id))
        .map(({ id, kind, claim }): [string, string] => [
            id,
            names.take(identifierOf(claim.resource), classNameOf(kind)),
        ]);
    return new Map(variables);
}

function statementOf(
    { kind, name, things: [thing, ...others] }: LeftResource,
    variables: ReadonlyMap<string, string>,
): string | undefined {
    if (thing === undefined || !isForProgram(thing)) return undefined;
    const described = [thing, ...others].map(describe);
    const [own] = described;
    if (own === undefined) return undefined;
    const [parent, key] = [parentOf(thing), parentKeys[thing.kind]];
    const known = parent === undefined ? undefined : variables.get(parent);
    const reference = known === undefined ? parent : new Code(`${known}.id`);
    const args = {
        ...(key && { [key]: reference }),
        ...(kind === "team"
            ? { members: Object.fromEntries(described.map((each) => [each?.email, each?.role])) }
            : own),
    };
    const variable = variables.get(thing.id);
    const start = `${variable === undefined ? "" : `const ${variable} = `}new section.${classNameOf(kind)}(${JSON.stringify(name)}, `;
    return `${start}${literalOf(args, "", start.length + ");".length)});`;
}

/** Left things by resource, with the statements that declare them again. A larger thing stands before those in it. */
export function declareLeft(left: readonly LeftThing[]): LeftResource[] {
    const resources = new Map<string, LeftResource>();
    for (const thing of left) {
        const { claim, kind, organization, session } = thing;
        const key = [session.settings.endpoint, organization, claim.id].join(" ");
        const known = resources.get(key);
        // one claim on several memberships is a team's
        if (known !== undefined && kind === "membership") {
            known.things.push(thing);
            known.kind = "team";
        } else resources.set(key, { kind, name: claim.resource, things: [thing] });
    }
    const variables = nameVariables(left);
    return [...resources.values()].map((each) => {
        const statement = statementOf(each, variables);
        return { ...each, ...(statement !== undefined && { statement }) };
    });
}
