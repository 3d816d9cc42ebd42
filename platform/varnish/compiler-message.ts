/** What varnishd says of a program that it does not take. */
export interface CompilerMessage {
    /** The file. Undefined where the message names none of the program. */
    path?: string;
    line?: number;
    column?: number;
    reason: string;
}

const place = /^(?:At: )?\('(?<file>.*)' Line (?<line>\d+) Pos (?<column>\d+)\)/;
/** Lines around the reason that say nothing of it. */
const around =
    /^(?:Message from VCC-compiler:|Running VCC-compiler failed.*|VCL compilation failed|Could not delete .*|Warnings:|Change will take effect.*)?$/;

/** True where varnishd has read a program to its end: it prints the C that it made of it. */
export const isCompiled = (output: string) => output.includes("const struct VCL_conf VCL_conf");

/**
 * Reads the first message of `varnishd -C`: the reason, then the place.
 *
 * @param folder in which the program is
 */
export function readCompilerMessage(output: string, folder: string): CompilerMessage {
    const lines = output.split("\n").map((line) => line.replace(/^Error:\s*/, "").trimEnd());
    const at = lines.findIndex((line) => place.test(line));
    const before = at === -1 ? lines : lines.slice(0, at);
    const words = before.filter((line) => !around.test(line)).join(" ");
    const reason = words.replace(/(?: \(program line \d+\),)? at$/, "").slice(0, 500) || "varnishd gave no reason";
    const { file = "", line, column } = place.exec(lines[at] ?? "")?.groups ?? {};
    if (!file.startsWith(`${folder}/`)) return { reason };
    return { path: file.slice(folder.length + 1), line: Number(line), column: Number(column), reason };
}

/** True for a reason that lies with the machine that compiles: its modules, its parameters, its network. */
export function isOfMachine(reason: string): boolean {
    return /VMOD|[Cc]ould not (?:load|open|find)|Cannot (?:load|read)|resolved|Inline-C|unsafe/.test(reason);
}
