import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { splitUrn, type Way } from "pulumi-section/internal";
import { Problem } from "section-model";
import { runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import { type StackChoice, stackArguments } from "../engine/stack-config";
import { findMark } from "../engine/unsaved-mark";
import { type Conversion, convertState } from "./convert-state";
import { refuseState } from "./refuse-state";
import { planSwitch, switchWay, type WaySwitch } from "./stack-settings";
import { readStateDocument, type StateDocument, writeStateDocument } from "./state-document";

/** How to make a stack go a way, its state and its program. */
export interface PlannedConversion {
    choice: StackChoice;
    way: Way;
    /** The state as it is, in the engine's words. */
    before: string;
    conversion: Conversion;
    /** True where the state is converted already. */
    isConverted: boolean;
    change: WaySwitch;
}

/** What a conversion did. */
export interface ConvertedStack {
    /** The file with the state as it was. Undefined where the state was converted already. */
    backup?: string;
}

async function exportState(choice: StackChoice): Promise<string> {
    const exported = await runEngine(["stack", "export", ...stackArguments(choice)], { cwd: choice.cwd });
    if (exported.code !== 0) throw engineRefusal("the state of the stack cannot be read", exported);
    return exported.stdout;
}

/** Refuses a stack whose `up` runs, or was killed: its state is not all that there is. */
async function refuseUnsaved(choice: StackChoice): Promise<void> {
    const mark = await findMark(choice);
    if (mark === undefined) return;
    throw new Problem(
        "invalid-input",
        `the up that began at ${mark.since} on ${mark.host} has not saved the state yet`,
        {
            remedy: "Wait until it ends; if it was killed, run pulumi-section up, which finishes it, then convert again",
        },
    );
}

/** Finds out what it takes to make a stack go a way. Only reads. */
export async function planConversion(choice: StackChoice, way: Way): Promise<PlannedConversion> {
    const [before, change] = await Promise.all([exportState(choice), planSwitch(choice, way), refuseUnsaved(choice)]);
    const document = readStateDocument(before);
    refuseState(document);
    const conversion = convertState(document, way, change.settings, randomUUID);
    const isConverted = conversion.counts.size + conversion.providers.length === 0;
    return { choice, way, before, conversion, isConverted, change };
}

/** Writes the state into a new file beside the program, secrets as they are encrypted. */
async function backUp({ before, choice, way }: PlannedConversion): Promise<string> {
    const [first] = readStateDocument(before).deployment?.resources ?? [];
    const { stack, project } = splitUrn(first?.urn ?? "");
    const moment = new Date().toISOString().replaceAll(/[:.]/g, "-");
    const file = path.resolve(choice.cwd ?? ".", `${project}-${stack}-before-${way}-${moment}.json`);
    await writeFile(file, before, { mode: 0o600, flag: "wx" });
    return file;
}

async function importState(document: StateDocument, { choice, before }: PlannedConversion): Promise<void> {
    if ((await exportState(choice)) !== before)
        throw new Problem("invalid-input", "the state has changed since it was looked at; nothing was converted", {
            remedy: "Convert again while nothing else works with the stack",
        });
    const words = ["stack", "import", ...stackArguments(choice)];
    const answer = await runEngine(words, { cwd: choice.cwd, stdin: writeStateDocument(document) });
    if (answer.code !== 0)
        throw engineRefusal("the converted state cannot be saved, and the stack keeps the old one", answer);
}

/** Converts a stack as it was planned. Asks no platform for anything. */
export async function carryOut(planned: PlannedConversion): Promise<ConvertedStack> {
    const { conversion, isConverted, change, choice } = planned;
    const backup = isConverted ? undefined : await backUp(planned);
    if (!isConverted) await importState(conversion.document, planned);
    await switchWay(change, choice);
    return { ...(backup !== undefined && { backup }) };
}
