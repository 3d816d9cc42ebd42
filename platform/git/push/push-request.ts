import { Problem } from "section-model";
import { PacketReader } from "../pkt-line";
import { noObject, type PushCommand } from "./push-policy";

const maxCommands = 1000;
const maxOptions = 100;
const longestCommand = 1000;
const commandLine = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)$/;

/** The part of a push that a client sends before the pack. */
export interface PushRequest {
    commands: PushCommand[];
    capabilities: ReadonlySet<string>;
    /** Words for hooks, which have no meaning here. */
    options: string[];
    /** Reads the rest: the pack, or nothing. */
    reader: PacketReader;
}

/** Reads one command; capabilities behind a NUL are returned apart. */
export function parsePushCommand(payload: Buffer): { command: PushCommand; capabilities: string[] } | undefined {
    const [line = "", words = ""] = payload.toString("utf8").replace(/\n$/, "").split("\0");
    const match = line.length > longestCommand ? null : commandLine.exec(line);
    if (!match) return undefined;
    const [, before, after, ref] = match as unknown as [string, string, string, string];
    return { command: { ref, before, after }, capabilities: words.split(" ").filter((word) => word !== "") };
}

async function readSection(reader: PacketReader, most: number, take: (payload: Buffer) => void): Promise<void> {
    let count = 0;
    for (let payload = await reader.next(); payload !== undefined; payload = await reader.next()) {
        count += 1;
        if (count > most)
            throw new Problem("invalid-input", `a push may change at most ${maxCommands} branches and tags`);
        take(payload);
    }
}

/** Reads a push up to its pack. */
export async function readPushRequest(body: AsyncIterable<Buffer>): Promise<PushRequest> {
    const reader = new PacketReader(body);
    const commands: PushCommand[] = [];
    const capabilities = new Set<string>();
    const options: string[] = [];
    await readSection(reader, 2 * maxCommands, (payload) => {
        if (/^shallow [0-9a-f]{40}\n?$/.test(payload.toString("latin1", 0, 60))) return; // whether the history is whole is looked at later
        const parsed = parsePushCommand(payload);
        if (parsed === undefined) throw new Problem("invalid-input", "the push command list is malformed");
        if (commands.length === 0) for (const word of parsed.capabilities) capabilities.add(word);
        commands.push(parsed.command);
    });
    if (new Set(commands.map(({ ref }) => ref)).size < commands.length)
        throw new Problem("invalid-input", "a push names each branch and tag once");
    if (commands.length > maxCommands)
        throw new Problem("invalid-input", `a push may change at most ${maxCommands} branches and tags`);
    if (capabilities.has("push-options"))
        await readSection(reader, maxOptions, (payload) => options.push(payload.toString("utf8").trim()));
    return { commands, capabilities, options, reader };
}

/** True when a pack follows the commands. */
export function carriesPack({ commands }: PushRequest): boolean {
    return commands.some(({ after }) => after !== noObject);
}
