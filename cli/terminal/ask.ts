import { createInterface } from "node:readline/promises";

/** Asks a person on the terminal, beside the result on stdout. Only yes is yes. */
export async function askYes(question: string): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(question);
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
}
