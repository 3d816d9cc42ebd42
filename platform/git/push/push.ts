import { isProblem, productionName } from "section-model";
import { tellsDamage } from "../../damage";
import { machineFailure } from "../../machine-failure";
import { flushPacket, formatPacket } from "../pkt-line";
import { branchOfRef } from "../references/reference-name";
import { moveReferences, type ReferenceUpdate } from "../references/reference-update";
import { listAllReferences } from "../references/references";
import type { Repositories, RepositoryKey } from "../repositories";
import { checkCommit } from "./check-commit";
import { noObject, noteOnBranch, type PushCommand, type PushRules, refuseCommand } from "./push-policy";
import { PushReport } from "./push-report";
import { carriesPack, type PushRequest } from "./push-request";
import { Quarantine } from "./quarantine";

const receiveCapabilities =
    "report-status delete-refs side-band-64k quiet atomic ofs-delta push-options object-format=sha1 agent=section-platform";
const usualKeepAliveMs = 5_000;
/** Nothing, on the band of data: as git's own server says it. */
const signOfLife = formatPacket(Buffer.from([1]));

export interface AcceptedUpdate {
    branch: string;
    before: string | undefined;
    /** Undefined when the branch was deleted. */
    after: string | undefined;
}

export interface Push {
    key: RepositoryKey;
    rules: PushRules;
    request: PushRequest;
    maxPackBytes: number;
    /** Told in the order in which branches moved, before the next push to the repository moves any. */
    onAccepted(updates: AcceptedUpdate[]): Promise<void>;
    /** Told of unexpected failures, which the client hears of in one sentence. */
    onFailed(error: unknown): void;
    /** The longest silence of the answer while the push is judged. */
    keepAliveMs?: number;
}

/** The advertisement that a client reads before it pushes: every branch and tag, and the capabilities of this side. */
export async function advertiseReceive(repositories: Repositories, key: RepositoryKey): Promise<Buffer> {
    const lines = [...(await listAllReferences(repositories.folder(key)))].map(([ref, oid]) => `${oid} ${ref}`);
    if (lines.length === 0) lines.push(`${noObject} capabilities^{}`);
    lines[0] += `\0${receiveCapabilities}`;
    return Buffer.concat([
        formatPacket("# service=git-receive-pack\n"),
        flushPacket,
        ...lines.map((line) => formatPacket(`${line}\n`)),
        flushPacket,
    ]);
}

/**
 * Receives a push: names first, then content in quarantine, then everything accepted becomes visible. Resolves when the
 * client has sent everything. The result is the answer, which begins with signs of life while the push is judged.
 */
export async function receivePush(repositories: Repositories, push: Push): Promise<AsyncIterable<Buffer>> {
    const { request } = push;
    const report = new PushReport();
    if (request.commands.length === 0) return answerWith(Buffer.alloc(0));
    for (const option of request.options)
        report.say(`warning: push option ${JSON.stringify(option)} has no meaning here and is ignored`);
    const quarantine = await Quarantine.open(repositories.git, repositories.folder(push.key));
    let isReceived = false;
    try {
        isReceived = await receiveContent(quarantine, push, report);
    } finally {
        if (!isReceived) await quarantine.discard();
    }
    const verdict = (isReceived ? decideAndDiscard(repositories, quarantine, push, report) : Promise.resolve()).then(
        () => report.format(request.commands, request.capabilities),
    );
    return request.capabilities.has("side-band-64k") ? keepAlive(verdict, push.keepAliveMs) : answerWith(await verdict);
}

async function* answerWith(data: Buffer): AsyncGenerator<Buffer> {
    if (data.length > 0) yield data;
}

/** Proxies between here and a client cut a connection that is silent for long. */
async function* keepAlive(verdict: Promise<Buffer>, silentMs = usualKeepAliveMs): AsyncGenerator<Buffer> {
    verdict.catch(() => {}); // the code that awaits it gets the error
    for (;;) {
        let timer: NodeJS.Timeout | undefined;
        const silence = new Promise<undefined>((resolve) => {
            timer = setTimeout(() => resolve(undefined), silentMs);
        });
        const answer = await Promise.race([verdict, silence]).finally(() => clearTimeout(timer));
        yield answer ?? signOfLife;
        if (answer !== undefined) return;
    }
}

/** Takes the pack. False when it is not taken; the report says why. */
async function receiveContent(
    quarantine: Quarantine,
    { request, maxPackBytes }: Push,
    report: PushReport,
): Promise<boolean> {
    const { reader, commands } = request;
    try {
        const header = carriesPack(request) ? await reader.peek(12) : Buffer.alloc(0);
        if (header.length > 0) await quarantine.receive(header, reader.rest(), maxPackBytes);
        return true;
    } catch (error) {
        if (!isProblem(error)) throw error;
        for await (const _ of reader.rest()); // the client must have said everything before it reads the answer
        report.unpack =
            error.code === "body-too-large" ? "pack exceeds maximum allowed size" : "index-pack abnormal exit";
        report.say(error.code === "internal" ? "the platform could not take the pack; try again" : error.message);
        report.refuseAll(commands, "unpacker error");
        return false;
    }
}

async function decideAndDiscard(
    repositories: Repositories,
    quarantine: Quarantine,
    push: Push,
    report: PushReport,
): Promise<void> {
    const { commands } = push.request;
    try {
        for (const command of commands) await judge(quarantine, command, push.rules, report);
        if (report.isRefused) return report.refuseAll(commands);
        await quarantine.release();
        await repositories.exclusively(push.key, () => moveAll(repositories.folder(push.key), push, report));
    } catch (error) {
        push.onFailed(error); // the answer has begun, so the failure is told in it
        report.say(sayFailure(error));
        report.refuseAll(commands, "failed to update ref");
    } finally {
        await quarantine.discard();
    }
}

/** A failure in the words of an answer that has begun. */
function sayFailure(error: unknown): string {
    if (tellsDamage(error))
        return "a file of this repository is damaged on the platform; section-platform check names it";
    const problem = isProblem(error) ? error : machineFailure(error);
    return problem === undefined || problem.code === "internal" ? "the platform failed; push again" : problem.message;
}

async function judge(
    quarantine: Quarantine,
    command: PushCommand,
    rules: PushRules,
    report: PushReport,
): Promise<void> {
    const { ref, before, after } = command;
    const refuse = (line: string, reason?: string) => report.refuse(ref, line, reason);
    const reason = refuseCommand(command, rules);
    if (reason !== undefined) return refuse(reason);
    if (after === noObject) return;
    const branch = branchOfRef(ref);
    // git has refused a pack with a broken link (--strict), and the objects here before are whole: when the tip is
    // there, so is its history
    const facts = await quarantine.objects.facts(after);
    if (facts === undefined) return refuse(`${branch ?? ref}: the pushed history is incomplete`);
    if (branch === undefined) return;
    if (facts.type !== "commit") return refuse(`${branch}: ${after} is a ${facts.type}, not a commit`);
    const mustGoForward = branch === productionName && before !== noObject && !rules.allowProductionRewrite;
    if (mustGoForward && (await quarantine.has(before)) && !(await quarantine.isForward(before, after))) {
        return refuse(
            `${branch} takes fast-forwards only: pull first, then push again; to go back, revert the commit`,
            "non-fast forward",
        );
    }
    const note = before === noObject ? noteOnBranch(branch, rules) : undefined;
    if (note !== undefined) report.say(note);
    const { lines, problems } = await checkCommit(quarantine.objects, branch, after, {
        rules,
        received: quarantine.received,
    });
    for (const line of lines) report.say(line);
    for (const { message } of problems) refuse(message);
}

const toUpdate = ({ ref, before, after }: PushCommand): ReferenceUpdate => ({
    ref,
    before: before === noObject ? undefined : before,
    after: after === noObject ? undefined : after,
});

/** Moves all references together if the client asked for that, else each for itself. */
async function moveAll(gitDir: string, { request, onAccepted }: Push, report: PushReport): Promise<void> {
    const { commands, capabilities } = request;
    const moved: ReferenceUpdate[] = [];
    for (const together of capabilities.has("atomic") ? [commands] : commands.map((command) => [command])) {
        const updates = together.map(toUpdate);
        try {
            await moveReferences(gitDir, updates);
            moved.push(...updates);
        } catch (error) {
            if (!isProblem(error)) throw error;
            report.say(error.message);
            report.refuseAll(together, error.code === "head-moved" ? "fetch first" : "failed to update ref");
        }
    }
    const accepted = moved.flatMap(({ ref, before, after }) => {
        const branch = branchOfRef(ref);
        return branch === undefined || before === after ? [] : [{ branch, before, after }];
    });
    if (accepted.length > 0) await onAccepted(accepted);
}
