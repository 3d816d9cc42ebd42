import { isProblem, type Problem, productionName } from "section-model";
import { tellsDamage } from "../../damage";
import { machineFailure } from "../../machine-failure";
import { flushPacket, formatPacket } from "../pkt-line";
import { branchOfRef } from "../references/reference-name";
import { moveReferences, moveSeparately, type ReferenceUpdate } from "../references/reference-update";
import { listAllReferences } from "../references/references";
import type { Repositories, RepositoryKey } from "../repositories";
import { checkCommit, type EntryBudget } from "./check-commit";
import type { PushSizes } from "./pack-limits";
import { noObject, noteOnBranch, type PushCommand, type PushRules, refuseCommand } from "./push-policy";
import { PushReport } from "./push-report";
import { carriesPack, type PushRequest } from "./push-request";
import { Quarantine } from "./quarantine";

const receiveCapabilities =
    "report-status delete-refs side-band-64k quiet atomic ofs-delta push-options object-format=sha1 agent=section-platform";
/** Files and folders of all branches that a push moves. */
const mostJudged = 1_000_000;
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
    sizes: PushSizes;
    /** Told in the order in which branches moved, before the next push to the repository moves any. */
    onAccepted(updates: AcceptedUpdate[]): Promise<void>;
    /** Does the work on a push that has arrived when it may be done. Default: at once. */
    whenItsTurn?(work: () => Promise<void>): Promise<void>;
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
 * client has sent everything. The result is the answer, which begins with signs of life while the push is unpacked and
 * judged.
 */
export async function receivePush(repositories: Repositories, push: Push): Promise<AsyncIterable<Buffer>> {
    const { request } = push;
    const report = new PushReport();
    if (request.commands.length === 0) return answerWith(Buffer.alloc(0));
    for (const option of request.options)
        report.say(`warning: push option ${JSON.stringify(option)} has no meaning here and is ignored`);
    const { signal: _, ...asker } = push.key; // a push that has arrived is brought to its end, whoever leaves
    const quarantine = await Quarantine.open(repositories.git, repositories.folder(push.key), asker);
    let isReceived = false;
    try {
        isReceived = await receiveContent(quarantine, push, report);
    } finally {
        if (!isReceived) await quarantine.discard();
    }
    const { whenItsTurn = (work) => work() } = push;
    const decide = () => decideAndDiscard(repositories, quarantine, push, report);
    const verdict = (isReceived ? whenItsTurn(decide) : Promise.resolve()).then(() =>
        report.format(request.commands, request.capabilities),
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

/** Takes the pack off the wire. False when it is not taken; the report says why. */
async function receiveContent(
    quarantine: Quarantine,
    { request, sizes: { maxPackBytes } }: Push,
    report: PushReport,
): Promise<boolean> {
    const { reader, commands } = request;
    try {
        if (carriesPack(request)) await quarantine.receive(reader.rest(), maxPackBytes);
        return true;
    } catch (error) {
        if (!isProblem(error) || error.code !== "body-too-large") throw error;
        await hearRest(reader.rest(), maxPackBytes);
        refusePack(error, commands, report);
        return false;
    }
}

/** A client reads the answer when it has said everything; one that never ends is not heard out. */
async function hearRest(rest: AsyncIterable<Buffer>, mostBytes: number): Promise<void> {
    let bytes = 0;
    for await (const chunk of rest) {
        bytes += chunk.length;
        if (bytes > mostBytes) return;
    }
}

function refusePack(error: Problem, commands: readonly PushCommand[], report: PushReport): void {
    report.unpack = error.code === "body-too-large" ? "pack exceeds maximum allowed size" : "index-pack abnormal exit";
    report.say(error.code === "internal" ? "the platform could not take the pack; try again" : error.message);
    report.refuseAll(commands, "unpacker error");
}

/** Unpacks the pack. False when it is refused; the report says why. */
async function unpack(
    quarantine: Quarantine,
    { request, sizes, onFailed }: Push,
    report: PushReport,
): Promise<boolean> {
    if (quarantine.received === 0) return true;
    try {
        await quarantine.unpack(sizes);
        return true;
    } catch (error) {
        if (!isProblem(error)) throw error;
        if (error.code === "internal") onFailed(error);
        refusePack(error, request.commands, report);
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
        if (!(await unpack(quarantine, push, report))) return;
        const budget = { left: mostJudged };
        for (const command of commands) await judge(quarantine, command, push.rules, { report, budget });
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
    { report, budget }: { report: PushReport; budget: EntryBudget },
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
        budget,
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
    const updates = commands.map(toUpdate);
    const refuse = (error: Problem, refused: readonly ReferenceUpdate[]) => {
        report.say(error.message);
        const reason = error.code === "head-moved" ? "fetch first" : "failed to update ref";
        for (const { ref } of refused) report.refuse(ref, undefined, reason);
    };
    let moved: readonly ReferenceUpdate[] = [];
    if (capabilities.has("atomic")) {
        try {
            await moveReferences(gitDir, updates);
            moved = updates;
        } catch (error) {
            if (!isProblem(error)) throw error;
            refuse(error, updates);
        }
    } else {
        const failed = await moveSeparately(gitDir, updates);
        for (const [update, error] of failed) refuse(error, [update]);
        moved = updates.filter((update) => !failed.has(update));
    }
    const accepted = moved.flatMap(({ ref, before, after }) => {
        const branch = branchOfRef(ref);
        return branch === undefined || before === after ? [] : [{ branch, before, after }];
    });
    if (accepted.length > 0) await onAccepted(accepted);
}
