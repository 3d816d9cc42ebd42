import { type Command, Option } from "commander";
import { isProblem, Problem } from "section-model";
import { readCommandSettings } from "../engine/command-session";
import { takeInterrupts } from "../engine/interrupt";
import { lookAtStack } from "../engine/look-at-stack";
import { recoverStack } from "../engine/recover-stack";
import type { StackChoice } from "../engine/stack-config";
import { documentText } from "../report/document-text";
import { sayCount } from "../report/say-count";
import { askYes, requireTerminal } from "../terminal/ask";
import { tellLine } from "../terminal/progress";
import { type HealthCheckOptions, makeHealthCheck } from "./health-check";
import type { PendingChange } from "./pending-change";
import { planWaves, type WaveSizes } from "./plan-waves";
import { replan } from "./replan";
import { sayEnd, stopDocument, wavesDocument, wavesToJson } from "./report";
import { type ResumedOptions, sayResumeLine, usualWaves } from "./resume-line";
import { previewChange, WavesRun } from "./run-waves";
import { isUnfinished, listEdited, makeRecord, readRecord, type WavesRecord } from "./waves-record";

interface WavesOptions extends ResumedOptions {
    sizes: number[];
    first: string[];
    resume?: boolean;
    plan?: boolean;
    json?: boolean;
}

const stoppedCode = 2;
const say = (text: string) => void process.stdout.write(`${text}\n`);

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `60s`, `5m`; a bare number is seconds. */
export function parseDuration(text: string): number {
    const match = /^(\d{1,6})(ms|s|m|h)?$/.exec(text);
    if (match === null)
        throw new Problem("invalid-input", `${text} is not a duration`, { remedy: "Write it like 30s or 5m" });
    return Number(match[1]) * (units[match[2] ?? "s"] as number);
}

function parseCount(text: string): number {
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
    throw new Problem("invalid-input", `${text} is no whole number above 0`, { remedy: "Write it like 5" });
}

async function readEndpoint(choice: StackChoice): Promise<string | undefined> {
    return readCommandSettings(choice).then(
        ({ endpoint }) => endpoint,
        (error) => {
            if (isProblem(error) && error.code === "settings-missing") return undefined; // the program's own providers have it
            throw error;
        },
    );
}

/** The run to continue: the unfinished one, or a new one if the change has been edited since. */
async function resume(change: PendingChange, cwd: string, endpoint: string | undefined): Promise<WavesRecord> {
    const record = await readRecord(cwd, change.stack);
    if (!isUnfinished(record)) {
        const what = record === undefined ? "none was begun" : `the run of ${record.startedAt} is finished`;
        throw new Problem("invalid-input", `stack ${change.stack} has no run to resume: ${what}`, {
            remedy: "Begin a run without --resume",
        });
    }
    if (record.endpoint !== endpoint) {
        const [begun, now] = [record.endpoint, endpoint].map((each) => each ?? "those of the program's providers");
        const way = record.endpoint === undefined ? "" : `Set SECTION_ENDPOINT to ${record.endpoint}, or `;
        throw new Problem("invalid-input", `the endpoint of the run was ${begun}, and now it is ${now}`, {
            remedy: `${way}begin a new run without --resume`,
        });
    }
    const edited = listEdited(record, change);
    if (edited.length === 0) return record;
    tellLine(
        `the change was edited since ${record.startedAt}, in ${sayCount(edited.length, "resource")}: the waves that are left are planned again`,
    );
    return replan(record, change, endpoint);
}

async function begin(
    change: PendingChange,
    cwd: string,
    endpoint: string | undefined,
    choice: WaveSizes,
): Promise<WavesRecord> {
    const before = await readRecord(cwd, change.stack).catch(() => undefined);
    if (isUnfinished(before)) tellLine(`the run of ${before.startedAt} was not finished; this one takes its place`);
    return makeRecord(change, choice, planWaves(change, choice), endpoint);
}

async function requireConsent(yes: boolean | undefined): Promise<boolean> {
    if (yes) return true;
    requireTerminal("apply the waves");
    return askYes("Apply these waves? [y/N] ");
}

/** The first Ctrl-C ends a run after the current step, the second one at once. */
function listenForEnd(): { signal: AbortSignal; hurry: AbortSignal } {
    const [calm, hurried] = [new AbortController(), new AbortController()];
    const stop = () => {
        if (calm.signal.aborted) return hurried.abort();
        tellLine("stopping: the engine finishes what it is doing; another Ctrl-C ends it at once");
        calm.abort();
    };
    takeInterrupts(stop);
    return { signal: calm.signal, hurry: hurried.signal };
}

function checkOf({
    check,
    checkUrl,
    edge,
    expect,
    expectText,
    tries,
    settle,
    timeout,
}: WavesOptions): HealthCheckOptions {
    const command = check === false ? undefined : check;
    return {
        command,
        url: checkUrl,
        edge,
        expectStatus: expect,
        expectText,
        tries,
        settleMs: settle,
        timeoutMs: timeout,
    };
}

async function runWaves(options: WavesOptions): Promise<number> {
    const { stack, sizes, first, json } = options;
    const cwd = process.cwd();
    const checks = checkOf(options);
    const check = makeHealthCheck(checks);
    if (check === undefined && options.check !== false && !options.plan)
        throw new Problem("invalid-input", "nothing says how a site is checked", {
            remedy: "Add --check or --check-url, or --no-check to apply unchecked",
        });
    const endpoint = await readEndpoint({ stack, cwd });
    const look = await lookAtStack({ stack, cwd });
    if (!options.plan) await recoverStack(look, "stderr");
    const change = await previewChange({ stack, cwd });
    const record = options.resume
        ? await resume(change, cwd, endpoint)
        : await begin(change, cwd, endpoint, { sizes, first });
    if (record.waves.length === 0) {
        say(
            json
                ? JSON.stringify(wavesToJson({ record, pending: new Set() }, "done"), undefined, 4)
                : "nothing changes",
        );
        return 0;
    }
    if (options.plan) {
        say(
            json
                ? JSON.stringify(
                      wavesToJson({ record, pending: new Set(change.pending.keys()) }, "planned"),
                      undefined,
                      4,
                  )
                : documentText(wavesDocument(record)),
        );
        return 0;
    }
    tellLine(documentText(wavesDocument(record)));
    if (!(await requireConsent(options.yes))) {
        tellLine("nothing was changed");
        return stoppedCode;
    }
    const run = new WavesRun(record, {
        stack,
        cwd,
        look,
        check,
        tries: checks.tries,
        settleMs: checks.settleMs,
        pauseMs: options.pause,
        say: tellLine,
        ...listenForEnd(),
    });
    await run.save();
    const stop = await run.run(change);
    if (json) say(JSON.stringify(wavesToJson(run, stop === undefined ? "done" : "stopped", stop), undefined, 4));
    else
        say(
            stop === undefined
                ? sayEnd(record, check !== undefined)
                : documentText(stopDocument(stop, run, sayResumeLine(options))),
        );
    if (stop === undefined) return 0;
    return stop.why === "left" ? 1 : stoppedCode;
}

const words = (text: string) => text.split(",").map((word) => word.trim());

/** `pulumi-section waves`: a change over many sites, a few at first. */
export function addCommand(program: Command): void {
    program
        .command("waves")
        .description(
            "apply the program to a few sites, check them, then go on with more sites. Exit code 0: all applied and healthy, 2: stopped, 1: failed",
        )
        .option("--stack <name>", "the stack to apply to. Default: the one that is selected in this folder")
        .addOption(
            new Option("--sizes <numbers>", "how many sites the first waves have; all other sites are the last wave")
                .argParser((text) => words(text).map(parseCount))
                .default([5, 20], "5,20"),
        )
        .addOption(
            new Option("--first <sites>", "hostnames or clients that go first")
                .argParser(words)
                .default([], "those with the least to lose"),
        )
        .option(
            "--check <command>",
            "a program that is run for each environment of a wave; exit code 0: healthy. Gets SITE, CLIENT, ENVIRONMENT, HOSTNAMES, COMMIT",
        )
        .option("--no-check", "apply without checking")
        .option("--check-url <url>", "a page to request for each hostname of a wave, such as https://{hostname}/health")
        .option(
            "--edge <address>",
            "request the page from this address, not from the one in the DNS: for sites that are not live yet",
        )
        .addOption(
            new Option("--expect <status>", "the status that the answer has to have")
                .argParser(parseCount)
                .default(usualWaves.expect),
        )
        .option("--expect-text <text>", "text that the answer has to contain")
        .addOption(
            new Option("--tries <number>", "how often a check is tried")
                .argParser(parseCount)
                .default(usualWaves.tries),
        )
        .addOption(
            new Option("--settle <time>", "the time before the first try, and between tries")
                .argParser(parseDuration)
                .default(usualWaves.settle, "5s"),
        )
        .addOption(
            new Option("--timeout <time>", "the time for one try")
                .argParser(parseDuration)
                .default(usualWaves.timeout, "30s"),
        )
        .addOption(
            new Option("--pause <time>", "the time between waves")
                .argParser(parseDuration)
                .default(usualWaves.pause, "none"),
        )
        .addOption(
            new Option("--resume", "go on with the run that was stopped or killed").conflicts(["sizes", "first"]),
        )
        .option("--plan", "show the waves and apply nothing")
        .option("--yes", "apply without asking")
        .option("--json", "the answer as one JSON document")
        .addHelpText(
            "after",
            `
Each wave is one pulumi up of its resources. The run is kept in .pulumi-section/ beside the program.

Examples:
  $ pulumi-section waves --plan --no-check
  $ pulumi-section waves --sizes 5,20 --first www.agency.example --check-url 'https://{hostname}/health' --pause 5m
  $ pulumi-section waves --resume --check ./look-at-site.sh --yes`,
        )
        .action(async (options: WavesOptions) => {
            process.exitCode = await runWaves(options);
        });
}
