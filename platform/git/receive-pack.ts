import { isProblem, Problem, productionName } from "section-model";
import { flushPacket, formatPacket, formatSideBand, PacketReader } from "./pkt-line";
import { noObject, type PushCommand, type PushRules, parsePushCommand, refuseCommand } from "./push-policy";
import { Quarantine } from "./quarantine";
import { listReferences, moveReference } from "./reference";
import { branchOfRef } from "./refname";
import type { Repositories, RepositoryKey } from "./repository";
import { checkBranch } from "./section-config";
import { listTree } from "./tree-edit";

const receiveCapabilities = "report-status delete-refs side-band-64k quiet atomic ofs-delta object-format=sha1 agent=section-platform";
const declined = "pre-receive hook declined";
const maxCommands = 1000;

export interface AcceptedUpdate {
    branch: string;
    before: string | undefined;
    /** Undefined when the branch was deleted. */
    after: string | undefined;
}

export interface PushRequest {
    key: RepositoryKey;
    rules: PushRules;
    body: AsyncIterable<Buffer>;
    maxPackBytes: number;
    onAccepted(updates: AcceptedUpdate[]): Promise<void>;
}

/** What a client reads before it pushes: every branch and what this side understands. */
export async function advertiseReceive(repositories: Repositories, key: RepositoryKey): Promise<Buffer> {
    const references = [...(await listReferences(repositories.folder(key)))];
    const lines = references.map(([branch, oid]) => `${oid} refs/heads/${branch}`);
    if (lines.length === 0) lines.push(`${noObject} capabilities^{}`);
    lines[0] += `\0${receiveCapabilities}`;
    return Buffer.concat([formatPacket("# service=git-receive-pack\n"), flushPacket, ...lines.map((line) => formatPacket(`${line}\n`)), flushPacket]);
}

interface Report {
    lines: string[];
    refused: Map<string, string>;
}

/** Receives a push: names first, then content in quarantine, then all that is accepted becomes visible. Returns the whole answer. */
export async function receivePush(repositories: Repositories, request: PushRequest): Promise<Buffer> {
    const reader = new PacketReader(request.body);
    const commands: PushCommand[] = [];
    let capabilities: string[] = [];
    for (let payload = await reader.next(); payload !== undefined; payload = await reader.next()) {
        const parsed = parsePushCommand(payload);
        if (parsed === undefined) {
            if (payload.toString("utf8").startsWith("shallow ")) continue;
            throw new Problem("invalid-input", "the push command list is malformed");
        }
        if (commands.length === 0) capabilities = parsed.capabilities;
        commands.push(parsed.command);
        if (commands.length > maxCommands) throw new Problem("invalid-input", `a push may change at most ${maxCommands} branches`);
    }
    if (commands.length === 0) return Buffer.alloc(0);
    const report: Report = { lines: [], refused: new Map() };
    const quarantine = await Quarantine.open(repositories.git, repositories.folder(request.key));
    let unpack = "ok";
    try {
        unpack = await receiveContent(reader, quarantine, commands, request, report);
        if (unpack === "ok") await decide(repositories, quarantine, commands, request, report, capabilities.includes("atomic"));
    } finally {
        await quarantine.discard();
    }
    return formatReport(commands, capabilities, unpack, report);
}

async function receiveContent(reader: PacketReader, quarantine: Quarantine, commands: PushCommand[], request: PushRequest, report: Report): Promise<string> {
    try {
        if (commands.some(({ after }) => after !== noObject)) await quarantine.receive(await reader.peek(12), reader.rest(), request.maxPackBytes);
        else for await (const _ of reader.rest());
        return "ok";
    } catch (error) {
        if (!isProblem(error)) throw error;
        for await (const _ of reader.rest()); // the client must have said everything before it reads the answer
        for (const { ref } of commands) report.refused.set(ref, "unpacker error");
        report.lines.push(error.message);
        return error.code === "body-too-large" ? "pack exceeds maximum allowed size" : "index-pack abnormal exit";
    }
}

async function decide(
    repositories: Repositories,
    quarantine: Quarantine,
    commands: PushCommand[],
    request: PushRequest,
    report: Report,
    atomic: boolean,
): Promise<void> {
    for (const command of commands) await judge(quarantine, command, request, report);
    if (report.refused.size > 0) {
        // as with a pre-receive hook: one refusal refuses the push
        for (const { ref } of commands) report.refused.set(ref, declined);
        return;
    }
    await quarantine.release();
    const accepted: AcceptedUpdate[] = [];
    await repositories.exclusively(request.key, async () => {
        for (const command of commands) {
            const update = await apply(repositories, request.key, command, report);
            if (update !== undefined) accepted.push(update);
            else if (atomic) break;
        }
    });
    if (accepted.length > 0) await request.onAccepted(accepted);
}

async function judge(quarantine: Quarantine, command: PushCommand, { rules }: PushRequest, report: Report): Promise<void> {
    const refuse = (line: string) => {
        report.lines.push(line);
        report.refused.set(command.ref, declined);
    };
    const reason = refuseCommand(command, rules);
    if (reason !== undefined) return refuse(reason);
    if (command.after === noObject) return;
    const branch = branchOfRef(command.ref) as string;
    // git has refused a pack with a broken link (--strict), and what was here before is whole: with its tip, a history is there
    if (!(await quarantine.has(command.after))) return refuse(`${branch}: the pushed history is incomplete`);
    if (branch === productionName && command.before !== noObject && !(await quarantine.isForward(command.before, command.after))) {
        return refuse(`${branch} takes fast-forwards only: pull first, then push again; to go back, revert the commit`);
    }
    const object = await quarantine.objects.read(command.after);
    if (object.type !== "commit") return refuse(`${branch}: ${command.after} is a ${object.type}, not a commit`);
    const tree = object.data.toString("latin1", 5, 45);
    const files = await listTree(quarantine.objects, tree);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const read = async (path: string) => (await quarantine.objects.read(byPath.get(path)?.oid as string)).data;
    const verdict = await checkBranch({ files, read }, { branch, isEnvironment: rules.environments.includes(branch), imageExists: rules.imageExists });
    report.lines.push(...verdict.lines);
    for (const { message } of verdict.problems) refuse(message);
}

async function apply(repositories: Repositories, key: RepositoryKey, { ref, before, after }: PushCommand, report: Report): Promise<AcceptedUpdate | undefined> {
    const branch = branchOfRef(ref) as string;
    const expected = before === noObject ? undefined : before;
    try {
        if (after === noObject)
            await repositories.git.run({ gitDir: repositories.folder(key), verb: "update-ref", flags: ["--stdin"], stdin: `delete ${ref} ${before}\n` });
        else if (before !== after) await moveReference(repositories.folder(key), branch, expected, after);
        return { branch, before: expected, after: after === noObject ? undefined : after };
    } catch (error) {
        if (!isProblem(error)) throw error;
        report.refused.set(ref, error.code === "head-moved" ? "fetch first" : "failed to update ref");
        report.lines.push(error.message);
        return undefined;
    }
}

function formatReport(commands: PushCommand[], capabilities: string[], unpack: string, report: Report): Buffer {
    const status = capabilities.includes("report-status")
        ? Buffer.concat([
              formatPacket(`unpack ${unpack}\n`),
              ...commands.map(({ ref }) => formatPacket(report.refused.has(ref) ? `ng ${ref} ${report.refused.get(ref)}\n` : `ok ${ref}\n`)),
              flushPacket,
          ])
        : Buffer.alloc(0);
    if (!capabilities.includes("side-band-64k")) return status;
    const spoken = report.lines.map((line) => formatSideBand(2, Buffer.from(`${line.replaceAll(/[\r\n]+/g, " ")}\n`, "utf8")));
    return Buffer.concat([...spoken, formatSideBand(1, status), flushPacket]);
}
