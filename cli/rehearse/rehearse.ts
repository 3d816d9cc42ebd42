import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Session } from "pulumi-section/internal";
import { explicitPrefix, nameOfUrn, urnOfReference } from "pulumi-section/internal";
import { normaliseEndpoint, readFeatures } from "section-client";
import { Problem, parseOrganizationId } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { runEngine } from "../engine/engine";
import { changesSomething } from "../engine/operation";
import { errorsOf } from "../engine/preview";
import { readStackName } from "../engine/project";
import { type PreviewRun, runPreview } from "../engine/run-preview";
import type { StackChoice } from "../engine/stack-config";
import { readState, type State } from "../engine/state";
import { withProgress } from "../terminal/progress";
import { version } from "../version";
import { type ApplyOutcome, readEvents } from "./apply-outcome";
import { type CopiedStack, copyStack } from "./copied-stack";
import { type EmbeddedPlatform, findPlatformCommand, openEmbeddedPlatform } from "./embedded-platform";
import { copyEstate, type EstateCopy } from "./estate-copy";
import { findForeignSteps } from "./foreign-step";
import type { Rehearsal, Unsettled } from "./rehearsal";

export interface RehearsalChoice extends StackChoice {
    /** The folder of the Pulumi program. */
    cwd: string;
    /**
     * Ids of the organizations to copy, in addition to those of the stack's resources. Default: all that the token's
     * user is an admin of.
     */
    organizations?: readonly string[];
    /** The copy stays, and its platform goes on. */
    keep: boolean;
    /** Ends the rehearsal, which then throws the signal's reason. */
    signal: AbortSignal;
}

/** Refuses a program whose own version of this package may not support rehearsals. */
function requireSameVersion(cwd: string): void {
    let installed: string;
    try {
        installed = createRequire(path.resolve(cwd, "index.js"))("pulumi-section/package.json").version;
    } catch {
        return; // the preview says what is missing
    }
    if (installed === version) return;
    throw new Problem(
        "unsupported",
        `the program uses pulumi-section ${installed}, but this command is of ${version}`,
        {
            remedy: "Run the program's own command: npx pulumi-section rehearse",
        },
    );
}

/** Refuses a stack with resources on several platforms: only one is copied. */
function requireOneEndpoint({ explicit }: State, { settings: { endpoint } }: Session): void {
    for (const [provider, config] of explicit) {
        const other = config.get(`${explicitPrefix}:endpoint`);
        if (other === undefined || normaliseEndpoint(other) === endpoint) continue;
        throw new Problem(
            "unsupported",
            `provider ${nameOfUrn(urnOfReference(provider))} of the stack leads to ${other}, but the settings lead to ${endpoint}`,
            {
                remedy: "Rehearse a program whose providers all lead to one platform",
            },
        );
    }
}

/** A run. Each step reads the live side or changes the copy. */
class Run {
    private platform: EmbeddedPlatform | undefined;

    constructor(
        private readonly choice: RehearsalChoice,
        private readonly folder: string,
    ) {}

    /** Runs a step with its progress. No step begins after an interrupt. */
    private async step<T>(what: string, work: () => Promise<T>): Promise<T> {
        const { signal } = this.choice;
        signal.throwIfAborted();
        const result = await withProgress(what, work).catch((error) =>
            Promise.reject(signal.aborted ? signal.reason : error),
        );
        signal.throwIfAborted();
        return result;
    }

    async all(): Promise<Rehearsal> {
        const { choice } = this;
        requireSameVersion(choice.cwd);
        const command = findPlatformCommand(choice.cwd);
        const startedAt = Date.now();
        const stack = await this.step("finding the stack", () => readStackName(choice));
        const state = await this.step("reading the state", () => readState(choice));
        const session = await openCommandSession(choice);
        requireOneEndpoint(state, session);
        const estate = await this.step("copying the live estate", () => this.copyEstate(session, state));
        const platform = await this.step("starting a platform with the copy", () =>
            this.openPlatform(session, estate, command),
        );
        const { endpoint, token } = session.settings;
        const exchange = { live: { endpoint, token }, copy: { endpoint: platform.url, token: platform.token } };
        const copied = await this.step("copying the stack", () =>
            copyStack(choice, stack, path.join(this.folder, "stack"), exchange),
        );
        const copy = (Date.now() - startedAt) / 1000;
        const { counts, leftOut } = estate;
        const kept = choice.keep ? await this.keep(platform) : undefined;
        const known = { stack, endpoint, copied: counts, leftOut, ...(kept && { kept }) };
        return { ...(await this.apply(copied, copy)), ...known };
    }

    private async copyEstate(session: Session, { resources }: State): Promise<EstateCopy> {
        const folder = path.join(this.folder, "estate");
        await mkdir(folder, { mode: 0o700 });
        const { organizations, signal } = this.choice;
        const needed = new Set(resources.map(({ id }) => id.split("/", 1).join()));
        return copyEstate(session, { folder, needed, signal, ...(organizations && { only: new Set(organizations) }) });
    }

    private async openPlatform(
        { client, settings }: Session,
        { file, caller }: EstateCopy,
        command: string,
    ): Promise<EmbeddedPlatform> {
        const { edgeDomain, extensions } = await readFeatures(client);
        const { resolvers } = settings;
        const { folder } = this;
        const rules = { edgeDomain, isPure: extensions.size === 0, resolvers, signal: this.choice.signal };
        this.platform = await openEmbeddedPlatform({ command, folder, seedFile: file, email: caller.email, ...rules });
        return this.platform;
    }

    private async keep({ url, pid, token }: EmbeddedPlatform): Promise<Rehearsal["kept"]> {
        const tokenFile = path.join(this.folder, "token");
        await writeFile(tokenFile, `${token}\n`, { mode: 0o600 });
        return { url, pid, folder: this.folder, tokenFile };
    }

    private async applyOnce({
        environment,
        args,
    }: CopiedStack): Promise<{ isApplied: boolean; applied: ApplyOutcome }> {
        const { cwd } = this.choice;
        const up = await this.step("applying the program to the copy", () =>
            runEngine(["up", "--yes", "--skip-preview", "--json", ...args], { cwd, environment }),
        );
        const applied = readEvents(up.stdout);
        const isApplied = up.code === 0;
        if (!isApplied && applied.errors.length === 0 && !applied.steps.some(({ failure }) => failure))
            applied.errors.push(up.stderr.trim());
        return { isApplied, applied };
    }

    /** Preview, up, preview: on the copy. Promotions that wait for a further `up` get it. */
    private async apply(
        copied: CopiedStack,
        copy: number,
    ): Promise<Pick<Rehearsal, "outcome" | "applied" | "unsettled" | "seconds">> {
        const upAt = Date.now();
        const first = await this.preview(copied);
        const since = (moment: number) => (Date.now() - moment) / 1000;
        if (!first.isPossible)
            return { outcome: "refused", applied: refusalOf(first), seconds: { copy, up: since(upAt), preview: 0 } };
        requireOurs(first);
        let { isApplied, applied } = await this.applyOnce(copied);
        const seconds = { copy, up: since(upAt), preview: 0 };
        if (!isApplied) return { outcome: "failed", applied, seconds };
        const previewAt = Date.now();
        let second = await this.preview(copied);
        for (let further = 0; further < mostFurther && hasOnlyPromotions(second); further += 1) {
            const next = await this.applyOnce(copied);
            isApplied = next.isApplied;
            applied = joinOutcomes(applied, next.applied);
            if (!isApplied) return { outcome: "failed", applied, seconds };
            second = await this.preview(copied);
        }
        const unsettled = listUnsettled(second);
        seconds.preview = since(previewAt);
        if (second.isPossible)
            return { outcome: unsettled.length === 0 ? "ok" : "unsettled", applied, unsettled, seconds };
        return {
            outcome: "unsettled",
            applied: { ...applied, errors: [...applied.errors, ...refusalOf(second).errors] },
            unsettled,
            seconds,
        };
    }

    private preview({ environment, args, name: stack }: CopiedStack): Promise<PreviewRun> {
        const further = args.slice(2); // the stack is named already
        return this.step("previewing on the copy", () =>
            runPreview({ stack, cwd: this.choice.cwd, environment, args: further }),
        );
    }

    async end(): Promise<void> {
        await this.platform?.stop();
    }
}

function refusalOf(preview: PreviewRun): ApplyOutcome {
    const words = errorsOf(preview).map(({ urn, message }) =>
        [urn && nameOfUrn(urn), message].filter(Boolean).join(": "),
    );
    return { steps: [], same: preview.steps.filter(({ op }) => op === "same").length, errors: [...new Set(words)] };
}

/** Refuses a program that changes resources of another package: they are live and have no copy. */
function requireOurs({ text }: PreviewRun): void {
    const foreign = findForeignSteps(text);
    if (foreign.length === 0) return;
    const named = foreign.slice(0, 5).map(({ op, urn, type }) => `${op} ${nameOfUrn(urn)} (${type})`);
    throw new Problem(
        "unsupported",
        `the program would change things outside of the Section platform, and they have no copy: ${named.join(", ")}`,
        {
            remedy: "Apply these changes first, or rehearse a program without these things",
        },
    );
}

/** The most further `up` for promotions that wait: from one environment to the next, and the next. */
const mostFurther = 3;

/** True where nothing is left but environments that promote what was brought to another one: see `seenHead`. */
function hasOnlyPromotions(preview: PreviewRun): boolean {
    const urns = listUnsettled(preview).map(({ urn }) => urn);
    const promoting = preview.steps.filter(
        ({ kind, op, changed }) => kind === "environment" && op === "update" && changed.includes("promote"),
    );
    return preview.isPossible && urns.length > 0 && urns.every((urn) => promoting.some((step) => step.urn === urn));
}

/** What two `up` did, one after the other. */
function joinOutcomes(first: ApplyOutcome, next: ApplyOutcome): ApplyOutcome {
    return { steps: [...first.steps, ...next.steps], same: next.same, errors: [...first.errors, ...next.errors] };
}

function listUnsettled({ steps, others }: PreviewRun): Unsettled[] {
    const ours = steps.filter(({ op }) => changesSomething(op)).map(({ op, urn, changed }) => ({ op, urn, changed }));
    return [
        ...ours,
        ...others.filter(({ op }) => changesSomething(op)).map(({ op, urn }) => ({ op, urn, changed: [] })),
    ];
}

/**
 * Applies a program to a copy of the live platform: an embedded platform with the same ids, branches and people, a
 * stack with the same state and config. The live side is only read.
 */
export async function rehearse(choice: RehearsalChoice): Promise<Rehearsal> {
    for (const id of choice.organizations ?? []) parseOrganizationId(id);
    const folder = await mkdtemp(path.join(tmpdir(), "pulumi-section-rehearsal-"));
    const run = new Run(choice, folder);
    let isKept = false;
    try {
        const rehearsal = await run.all();
        isKept = choice.keep;
        return rehearsal;
    } finally {
        if (!isKept) {
            await run.end();
            await rm(folder, { recursive: true, force: true, maxRetries: 5 });
        }
    }
}
