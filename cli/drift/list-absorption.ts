import type { ClientListFile, Difference, ListChange } from "pulumi-section/internal";
import { isProblem, Problem, productionName } from "section-model";
import type { StateResource } from "../engine/state";
import { writeText } from "../terminal/write-text";
import type { FilledValue } from "./filled-lines";
import type { Drift, DriftFinding } from "./find-drift";
import { isSecret } from "./shown-value";

/** Properties that Production and Staging of a site may have from one place. */
const sharedKeys: readonly string[] = ["origin", "proxyChain", "ipBlacklist"];

/** What became of one value of a list. */
export interface TakenValue {
    /** Where it stands, and what was done. */
    line: string;
    isWritten: boolean;
}

/** A resource in a list as it is to be. */
interface Place {
    list: ClientListFile;
    resource: StateResource;
    /** The place of the resource. */
    at: readonly PropertyKey[];
}

function refuse(detail: string, remedy: string): never {
    throw new Problem("invalid-input", detail, { remedy });
}

/** A person as a list has them. */
function personOf({ role, until }: Record<string, unknown>): unknown {
    return until === undefined ? role : { role, until };
}

/** The remedies for things that are gone and that a list has not in one place. */
const remediesForGone: Readonly<Record<string, string>> = {
    organization: "Remove the client from the list",
    application: "Remove the site from the list",
    environment: "Remove staging of the site from the list",
    domain: "Remove the hostname from the list",
};

function changeForGone({ list, resource, at }: Place): ListChange {
    if (resource.kind === "membership") return { path: at, value: undefined };
    const [holder, path] = [at.at(-2), at.slice(0, -1)];
    if (resource.kind !== "domain" || holder !== "aliases")
        return refuse(
            `the command takes no ${resource.kind} out of a list`,
            remediesForGone[resource.kind] ?? "Change the list by hand",
        );
    const others = (list.valueAt(path) as string[]).filter((_, index) => index !== at.at(-1));
    return { path, value: others.length === 0 ? undefined : others };
}

/** The values of one run that go into lists of clients. They are written at its end. */
export class ListAbsorption {
    /** The lists as they are to be, by the lists as they were read. */
    readonly #changed = new Map<ClientListFile, ClientListFile>();

    constructor(private readonly drift: Drift) {}

    /**
     * Takes over one difference, or that a thing is gone.
     *
     * @returns undefined where no list declares it
     */
    take({ listed, resource, found = {} }: DriftFinding, difference?: Difference): TakenValue | undefined {
        if (listed === undefined) return undefined;
        const list = this.#changed.get(listed.list) ?? listed.list;
        const at = list.find(resource);
        if (at === undefined || (difference !== undefined && isSecret(resource, [difference.key]))) return undefined;
        const path = difference === undefined ? at : findValue({ list, resource, at }, difference);
        if (path === undefined) return undefined;
        const place = { list, resource, at };
        return this.#write(listed.list, path, () =>
            difference === undefined ? changeForGone(place) : this.#changeFor(place, path, difference, found),
        );
    }

    /**
     * Changes a list, and says where.
     *
     * @param path the place to name when `makeChange` refuses
     */
    #write(before: ClientListFile, path: readonly PropertyKey[], makeChange: () => ListChange): TakenValue {
        const list = this.#changed.get(before) ?? before;
        try {
            const change = makeChange();
            const changed = list.change(change);
            this.#changed.set(before, changed);
            return { line: `${changed.sayPlace(change.path)}: written`, isWritten: true };
        } catch (error) {
            if (!isProblem(error)) throw error;
            return { line: `${list.sayPlace(path)}: not written: ${error.message}`, isWritten: false };
        }
    }

    /**
     * Takes over the value that a variable of an environment's files has now.
     *
     * @param elsewhere another file that has the variable, and did not drift
     * @returns undefined where no list gives the variable its value
     */
    takeVariable(
        { listed, resource }: DriftFinding,
        { name, from, to }: Pick<FilledValue, "name" | "from" | "to">,
        elsewhere?: string,
    ): TakenValue | undefined {
        const list = listed && (this.#changed.get(listed.list) ?? listed.list);
        const at = list?.find(resource);
        const path = at && list?.findProperty(resource, at, ["variables", name]);
        if (listed === undefined || list === undefined || at === undefined || path === undefined) return undefined;
        // staging's own value beats the site's, and that the client's
        const places = [path, [...at, "variables", name], [...at.slice(0, 2), "variables", name]];
        const value = places.map((each) => list.valueAt(each)).find((each) => each !== undefined);
        if (value === undefined || ![from, to].includes(String(value))) return undefined;
        if (String(value) === to) return { line: `${list.sayPlace(path)}: written`, isWritten: true };
        return this.#write(listed.list, path, () => {
            if (elsewhere !== undefined)
                refuse(
                    `${elsewhere} has {{${name}}}, too, and did not change`,
                    "Write the value into the line, in place of the variable, or put it back with --revert",
                );
            const staging = list.valueAt([...at, "staging"]) as { variables?: Record<string, unknown> } | undefined;
            if (resource.inputs.name === productionName && staging && staging.variables?.[name] === undefined)
                refuse(
                    `staging of the site gets its ${name} from the same place`,
                    `Give staging a ${name} of its own first, or put this one back with --revert`,
                );
            return { path, value: to };
        });
    }

    /** Writes the changed lists, each as a whole. */
    async write(): Promise<void> {
        for (const [before, { file, content }] of this.#changed) {
            if (before.isStale()) refuse(`${file} was changed in the meantime`, "Run the command again");
            await writeText(file, content);
        }
    }

    #changeFor(
        place: Place,
        path: readonly PropertyKey[],
        { key, to }: Difference,
        found: Record<string, unknown>,
    ): ListChange {
        const { list, resource, at } = place;
        if (resource.kind === "membership") return { path, value: personOf(found) };
        if (resource.kind === "organization" && list.valueAt([...at, "key"]) === undefined)
            refuse(
                "the key of this client comes from its name, and a client with another key is another client",
                `Give the client its key in the list first: ${resource.name.split("/").at(-1)}`,
            );
        if (resource.kind !== "environment") return { path, value: to };
        // staging that has the site's origin gets one of its own
        if (key === "origin" && resource.inputs.name !== productionName)
            return { path: [...at, "staging", "origin"], value: to };
        this.#refuseToShare(place, key, to);
        return { path, value: to };
    }

    /** Refuses a value that another environment of the site would get, too, and that is not its own now. */
    #refuseToShare({ list, resource, at }: Place, key: string, value: unknown): void {
        const staging = list.valueAt([...at, "staging"]) as { origin?: unknown } | undefined;
        const isOwn = key === "origin" && staging?.origin !== undefined;
        if (staging === undefined || isOwn || !sharedKeys.includes(key)) return;
        const site = resource.name.slice(0, resource.name.lastIndexOf("/"));
        const isOther = ({ kind, name, urn, inputs }: StateResource) =>
            kind === "environment" && urn !== resource.urn && name === `${site}/${inputs.name}`;
        for (const other of this.drift.state.resources.filter(isOther)) {
            const finding = this.drift.findings.find((each) => each.resource.urn === other.urn);
            const now = finding?.found ?? other.inputs;
            if (now[key] === undefined || JSON.stringify(now[key]) === JSON.stringify(value)) continue;
            refuse(
                `${other.name} gets its ${key} from the same place, and has another one on the platform`,
                key === "origin"
                    ? "Give staging an origin of its own first, or put this one back with --revert"
                    : "Put it back with --revert, or declare the site in the program",
            );
        }
    }
}

/** The place of the value that differs. Undefined where the program itself declares it. */
function findValue({ list, resource, at }: Place, { key, file, member, to }: Difference): PropertyKey[] | undefined {
    if (file !== undefined) return undefined;
    const place = list.findProperty(resource, at, member === undefined ? [key] : [key, member]);
    const isOfStaff = member !== undefined && to === undefined && place && list.valueAt(place) === undefined;
    return isOfStaff ? undefined : place;
}
