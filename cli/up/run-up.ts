import { isProblem } from "section-model";
import { findLeft, type LeftThing, withoutHeld } from "../drift/find-left";
import { sayLeft } from "../drift/left-report";
import { settleLeft } from "../drift/settle-left";
import { attendQuickly } from "../engine/attend-quickly";
import { lookAtStack, type StackLook } from "../engine/look-at-stack";
import { recoverStack } from "../engine/recover-stack";
import type { StackChoice } from "../engine/stack-config";
import { readState } from "../engine/state";
import { sayCount } from "../report/say-count";
import { askYes } from "../terminal/ask";
import { tellLine, withProgress } from "../terminal/progress";
import { renameClaims } from "./rename-claims";

export interface UpChoice extends StackChoice {
    /** Words for `pulumi up`. */
    words: readonly string[];
    /** Whether a person may be asked what becomes of things that a killed `up` left. */
    asks: boolean;
    /** Where the engine's words go. */
    output: "stdout" | "stderr";
}

/** How an `up` ended. `left`: what a killed one has made, and neither program nor state has. */
export interface UpOutcome {
    outcome: "applied" | "failed";
    left: readonly LeftThing[];
}

/** What an earlier `up` left, once this one has taken what the program declares. Asks a person what becomes of it. */
async function settleRest({ choice }: StackLook, { asks }: UpChoice): Promise<readonly LeftThing[]> {
    const find = async () => findLeft(await readState(choice), choice);
    const left = await withProgress("looking for what the killed up left", find);
    if (left.length === 0) return left;
    tellLine(sayLeft(left));
    const own = withoutHeld(left);
    const question = `Delete ${sayCount(own.length, "thing")}? Otherwise they stay. [y/N] `;
    if (own.length === 0 || !asks || !(await askYes(question))) return left;
    try {
        await settleLeft("remove", left, tellLine);
    } catch (error) {
        if (!isProblem(error) || error.code !== "too-many-deletes") throw error;
        tellLine(error.message); // the up itself is applied
        return left;
    }
    return find();
}

/** Runs `pulumi up` as quickly as is safe, after it has put in order what a killed one left. */
export async function runUp(choice: UpChoice): Promise<UpOutcome> {
    const { stack, cwd, words, output } = choice;
    const look = await withProgress("looking at the stack", () => lookAtStack({ stack, cwd }));
    await recoverStack(look, output);
    const moved = look && (await renameClaims(look));
    moved?.lines.forEach(tellLine);
    const code = await attendQuickly(look, ["up", ...words], { cwd, output });
    if (code !== 0) return { outcome: "failed", left: [] };
    if (look === undefined) return { outcome: "applied", left: [] };
    (await moved?.finish())?.forEach(tellLine);
    return { outcome: "applied", left: look.mark === undefined ? [] : await settleRest(look, choice) };
}
