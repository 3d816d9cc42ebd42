import { randomBytes } from "node:crypto";
import { type EngineResult, runEngine } from "./engine";
import { engineRefusal } from "./engine-refusal";
import { type ProcessSpace, readProcessSpace } from "./process-space";
import { type StackChoice, stackArguments } from "./stack-config";

/**
 * Says beside the state, for every machine, that an `up` has begun which saves the state at its end only. It stays when
 * the `up` is killed.
 */
export interface UnsavedMark extends ProcessSpace {
    /** When it began, as ISO 8601. */
    since: string;
    /** The value of `SECTION_RUN` in its processes. */
    run: string;
}

/** The tag of the stack that holds it. The engine keeps tags in every backend. */
const tag = "section:unsaved";

function askTags(words: readonly string[], choice: StackChoice): Promise<EngineResult> {
    return runEngine(["stack", "tag", ...words, ...stackArguments(choice)], { cwd: choice.cwd });
}

/** Undefined when every run of the stack ended, or when the engine keeps no tags in this backend. */
export async function findMark(choice: StackChoice): Promise<UnsavedMark | undefined> {
    const { code, stdout } = await askTags(["ls", "--json"], choice);
    const text = code === 0 ? (JSON.parse(stdout) as Record<string, string>)[tag] : undefined;
    return text === undefined ? undefined : (JSON.parse(text) as UnsavedMark);
}

/** Marks a stack. Undefined where the engine keeps no tags. */
export async function setMark(choice: StackChoice): Promise<UnsavedMark | undefined> {
    const run = randomBytes(12).toString("base64url");
    const mark: UnsavedMark = { since: new Date().toISOString(), run, ...(await readProcessSpace()) };
    return (await askTags(["set", tag, JSON.stringify(mark)], choice)).code === 0 ? mark : undefined;
}

export async function removeMark(choice: StackChoice): Promise<void> {
    const answer = await askTags(["rm", tag], choice);
    if (answer.code !== 0)
        throw engineRefusal(
            "the state is saved, but the tag that says it is not saved cannot be removed",
            answer,
            `Remove it with: pulumi stack tag rm ${tag}`,
        );
}
