import path from "node:path";
import { splitUrn } from "pulumi-section/internal";
import type { GraphOrganization, PlacedThing } from "section-client";
import type { State, StateResource } from "../engine/state";
import { agencyType, ProgramLists } from "./program-lists";

/** The client of an `Agency` that declares a left thing, once it is in the program again. */
export interface LeftClient {
    /** The name of the Agency in the program. */
    agency: string;
    key: string;
    /** The name of the organization now. */
    name?: string;
    /** The list that has the other clients of the Agency, where it is known. */
    list?: string;
}

/** An organization that an `Agency` declares: `agency/acme`. */
function isOfAgency({ kind, urn }: StateResource): boolean {
    return kind === "organization" && splitUrn(urn).path.split("$").includes(agencyType);
}

/** Finds out what a state's Agencies declared: the names begin with that of the Agency and the key of the client. */
export class LeftClients {
    /** Names of Agencies -> one of their organizations. */
    readonly #agencies: ReadonlyMap<string, StateResource>;
    readonly #lists: ProgramLists;

    constructor(
        { resources }: State,
        private readonly folder: string,
    ) {
        this.#lists = new ProgramLists(folder);
        this.#agencies = new Map(
            resources.filter(isOfAgency).map((each) => [each.name.slice(0, each.name.lastIndexOf("/")), each]),
        );
    }

    /** @param name that of the resource that claimed the thing */
    async find(
        name: string,
        { organization }: PlacedThing,
        graph: readonly GraphOrganization[],
    ): Promise<LeftClient | undefined> {
        for (const [agency, sibling] of this.#agencies) {
            if (!name.startsWith(`${agency}/`)) continue;
            const [key = ""] = name.slice(agency.length + 1).split("/");
            const listed = await this.#lists.find(sibling);
            const list = listed && path.relative(this.folder, listed.list.file);
            return { agency, key, name: graph.find(({ id }) => id === organization)?.name, ...(list && { list }) };
        }
        return undefined;
    }
}

/** What a person does to take a thing back. */
export function sayTakingBack({ agency, key, name, list }: LeftClient): string {
    const client = name === undefined ? key : `${key} (${JSON.stringify(name)})`;
    const place = list === undefined ? "into the program" : `into ${list}`;
    return `the client ${client} of the Agency ${agency} declares it: put that client back ${place}`;
}
