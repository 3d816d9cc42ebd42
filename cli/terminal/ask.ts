import { createInterface } from "node:readline/promises";
import { Problem } from "section-model";

/** Refuses to go on without a person who can be asked. `purpose` is what --yes does unasked. */
export function requireTerminal(purpose: string): void {
    if (process.stdin.isTTY) return;
    throw new Problem("invalid-input", "nobody can be asked: stdin is not a terminal", {
        remedy: `Add --yes to ${purpose} without being asked`,
    });
}

/** Asks a person on the terminal, beside the result on stdout. Only yes is yes. */
export async function askYes(question: string): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(question);
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
}
