import { sayAuthor } from "pulumi-section/internal";
import type { StateResource } from "../engine/state";
import { keyOf } from "../typescript/literal";
import { sayValue } from "../typescript/typescript";
import { comesFrom, type FilledValue, usesVariable } from "./filled-lines";
import type { Drift, DriftFinding } from "./find-drift";
import { declareLeft, type LeftResource, sayDeclaration } from "./left-declaration";
import { ListAbsorption } from "./list-absorption";
import {
    changeProgramFile,
    findProgramFile,
    listProgramFiles,
    type ProgramFile,
    type ProgramSource,
} from "./program-files";
import { isSecret, seemsSecret } from "./shown-value";

type Described = NonNullable<DriftFinding["differences"]>[number];

const namedAtMost = 5;

function textOf({ inputs }: StateResource, file: string): unknown {
    return (inputs.config as Record<string, unknown> | undefined)?.[file];
}

/** The changes of one run: code in the order of the findings, and a patch for each file of the program. */
class Absorption {
    readonly #patches = new Map<string, string>();
    readonly #sharers = new Map<string, StateResource[]>();
    readonly #lists: ListAbsorption;

    constructor(
        private readonly drift: Drift,
        private readonly folder: string,
        private readonly files: ReadonlyMap<string, readonly string[]>,
    ) {
        this.#lists = new ListAbsorption(drift);
    }

    /** Writes what goes into lists of clients. */
    writeLists(): Promise<void> {
        return this.#lists.write();
    }

    get patches(): string[] {
        return [...this.#patches.values()];
    }

    async say(finding: DriftFinding): Promise<string> {
        const { resource, declaredAt, differences, found, author } = finding;
        const { kind, id, name } = resource;
        const lines = [`// ${[declaredAt, `${name} (${kind} ${id})`].filter(Boolean).join(": ")}`];
        if (differences === undefined) {
            const taken = this.#lists.take(finding);
            const remedy = taken === undefined ? ": remove it from the program" : `\n// ${taken.line}`;
            lines.push(`// ${author?.deed ?? "removed"} by ${sayAuthor(author)}${remedy}`);
        }
        for (const difference of differences ?? []) {
            const { key, file, member, to } = difference;
            lines.push(`// by ${sayAuthor(difference.author)}`);
            const taken = this.#lists.take(finding, difference);
            if (taken !== undefined) lines.push(`// ${taken.line}`);
            if (taken?.isWritten) continue;
            if (file !== undefined && key !== "config")
                lines.push(
                    `// ${key}: ${keyOf(file)} is on the platform and is not declared: declare it, or remove it with --revert`,
                );
            else if (file !== undefined) lines.push(...(await this.#sayFile(finding, file, difference)));
            else if (member !== undefined)
                lines.push(
                    to === undefined
                        ? `// ${key}: remove ${keyOf(member)}`
                        : `// ${key}\n${keyOf(member)}: ${this.#value(resource, [key, member], to)},`,
                );
            else
                lines.push(
                    to === undefined
                        ? `// ${key}: remove it`
                        : `${key}: ${this.#value(resource, [key], found?.[key])},`,
                );
        }
        return lines.join("\n");
    }

    async #sayFile(finding: DriftFinding, file: string, { from, to }: Described): Promise<string[]> {
        const { resource } = finding;
        if (seemsSecret(from) || seemsSecret(to))
            return [`// config: ${keyOf(file)} seems to hold a secret and is not shown; take it over by hand`];
        const isText =
            typeof from === "string" &&
            (to === undefined || typeof to === "string") &&
            !isSecret(resource, ["config", file]);
        const { source, why }: ProgramSource = isText
            ? await findProgramFile(this.folder, this.files, { file, declared: from })
            : {};
        const change = source && changeProgramFile(source, from as string, to as string | undefined);
        const known = change && this.#patches.get(change.path);
        if (change === undefined || change.stuck || (known !== undefined && known !== change.patch)) {
            const shared = known && `${change?.path} cannot be changed as several environments were`;
            const [end] = [shared, why].flatMap((each) => (each === undefined ? [] : [`; ${each}`]));
            const reason = change?.stuck
                ? `: edit ${change.path}:${change.stuck.line} by hand: it ${change.stuck.why}`
                : (end ?? "");
            return to === undefined
                ? [`// config: remove ${keyOf(file)}${reason}`]
                : [`// config${reason}`, `${keyOf(file)}: ${this.#value(resource, ["config", file], to)},`];
        }
        const lines: string[] = [];
        for (const value of change.values) lines.push(await this.#sayVariable(finding, { ...change, file }, value));
        if (change.patch === undefined) return lines;
        this.#patches.set(change.path, change.patch);
        return [...lines, `// the patch of ${change.path} below${this.#saySharers(resource, file, change)}`];
    }

    /** Takes over the value of a variable, or says where a person has to write it. */
    async #sayVariable(
        finding: DriftFinding,
        { path, file }: ProgramFile & { file: string },
        value: FilledValue,
    ): Promise<string> {
        const { name, from, to, line } = value;
        const elsewhere = await this.#findOtherUse(finding, file, name);
        const taken = this.#lists.takeVariable(finding, value, elsewhere);
        const said = `// ${path}:${line}: {{${name}}} is ${JSON.stringify(to)} now`;
        if (taken !== undefined) return `${said}; ${taken.line}`;
        const other = elsewhere === undefined ? "" : `; ${elsewhere} has it, too, and did not change`;
        return `${said}: write it where the program gives the variable ${name} the value ${JSON.stringify(from)}${other}`;
    }

    /** Another file of an environment that has the variable, and did not drift. */
    async #findOtherUse(
        { resource, differences }: DriftFinding,
        file: string,
        name: string,
    ): Promise<string | undefined> {
        const config = (resource.inputs.config ?? {}) as Record<string, unknown>;
        for (const [other, declared] of Object.entries(config)) {
            if (other === file || typeof declared !== "string") continue;
            if (differences?.some((each) => each.key === "config" && each.file === other)) continue;
            const { source } = await findProgramFile(this.folder, this.files, { file: other, declared });
            if (source !== undefined && usesVariable(source.text, name)) return source.path;
        }
        return undefined;
    }

    /** Names other resources whose text comes from the same file: the patch changes them too. */
    #saySharers(resource: StateResource, file: string, { path, text }: ProgramFile): string {
        const sharers =
            this.#sharers.get(path) ??
            this.drift.state.resources.filter((each) => {
                const declared = textOf(each, file);
                return typeof declared === "string" && comesFrom(text, declared);
            });
        this.#sharers.set(path, sharers);
        const names = sharers.filter(({ urn }) => urn !== resource.urn).map(({ name }) => name);
        if (names.length === 0) return "";
        const more = names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : "";
        return `, which changes ${names.slice(0, namedAtMost).join(", ")}${more} too`;
    }

    #value(resource: StateResource, path: readonly string[], value: unknown): string {
        return sayValue(value, path, (at) => isSecret(resource, at));
    }
}

function sayLeftResource(resource: LeftResource): string {
    const ids = resource.things.map(({ kind, id }) => `${kind} ${id}`).join(", ");
    const declaration = sayDeclaration(resource);
    const line = resource.statement === undefined ? `// ${declaration}` : declaration;
    return `// ${ids}: claimed by this stack, and not in its state\n${line}`;
}

/**
 * Writes found values into the lists of clients that declare them. Says so, and how to change the program's code and
 * files, so that it declares the found state.
 */
export async function absorbDrift(drift: Drift, folder: string): Promise<string> {
    const absorption = new Absorption(drift, folder, await listProgramFiles(folder));
    const code: string[] = [];
    for (const finding of drift.findings) code.push(await absorption.say(finding));
    await absorption.writeLists();
    if (drift.left.length > 0) code.push(declareLeft(drift.left).map(sayLeftResource).join("\n"));
    return [...code, ...absorption.patches].join("\n\n").trimEnd();
}
