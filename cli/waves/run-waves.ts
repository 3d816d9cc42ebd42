import { setTimeout as sleep } from "node:timers/promises";
import { splitUrn } from "pulumi-section/internal";
import { Problem } from "section-model";
import { stopPrograms } from "../engine/engine";
import type { ForeignChange } from "../engine/event-log";
import type { StackLook } from "../engine/look-at-stack";
import { errorsOf } from "../engine/preview";
import { type EngineRun, runQuickly } from "../engine/quick-run";
import { runPreview } from "../engine/run-preview";
import type { StackChoice } from "../engine/stack-config";
import { withProgress } from "../terminal/progress";
import { type AppliedTargets, applyTargets } from "./apply-targets";
import { type CheckRun, checkPlaces, type HealthCheck } from "./health-check";
import { type PendingChange, readChange, withNeeds } from "./pending-change";
import { countSites } from "./plan-waves";
import { listEdited, type WavesRecord, writeRecord } from "./waves-record";

export interface WavesRunOptions extends StackChoice, Pick<CheckRun, "tries" | "settleMs"> {
    cwd: string;
    /** The stack before the first wave; undefined where the engine has to speak for itself. */
    look: StackLook | undefined;
    check?: HealthCheck;
    /** Between waves. */
    pauseMs: number;
    /** Aborted when a person wants it to end: the engine finishes its current steps. */
    signal: AbortSignal;
    /** Aborted when it has to end at once. */
    hurry: AbortSignal;
    say(line: string): void;
}

/** Why a run stopped early. `left`: everything was applied, but the next preview is not empty. */
export interface WaveStop {
    why: "apply" | "check" | "edit" | "interrupt" | "left";
    /** Index in the record's waves. */
    wave: number;
    /** Places whose apply or check failed, with the last words about them. */
    failed: { key: string; words: string }[];
    words: string;
}

type RecordedWave = WavesRecord["waves"][number];

/** `wave 2 of 3` for a wave of sites. */
export function waveTitle({ waves }: Pick<WavesRecord, "waves">, index: number): string {
    const { kind } = waves[index] as RecordedWave;
    const numbered = waves.filter((wave) => wave.kind === "sites");
    if (kind === "sites") return `wave ${numbered.indexOf(waves[index] as RecordedWave) + 1} of ${numbered.length}`;
    return { before: "first", staging: "staging", after: "last" }[kind];
}

/** @throws Problem when program or provider refuse the change */
export async function previewChange(choice: StackChoice): Promise<PendingChange> {
    const preview = await runPreview(choice);
    if (preview.isPossible) return readChange(preview.text);
    const words = errorsOf(preview).map(({ message }) => message);
    throw new Problem("invalid-input", `the preview refuses the change: ${words.join("\n")}`, {
        remedy: "Correct what it says, then run waves again",
    });
}

/** The waves of a record, one after the other. */
export class WavesRun {
    /** Resources that do not have the change yet, as far as is known. */
    readonly pending = new Set<string>();
    /** Since the last preview. */
    #hasApplied = false;

    constructor(
        readonly record: WavesRecord,
        private readonly options: WavesRunOptions,
    ) {}

    /** Notes the pending resources. To be called with every preview. */
    see({ pending, preview }: PendingChange): void {
        this.pending.clear();
        for (const urn of pending.keys()) this.pending.add(urn);
        const heads = new Map(
            preview.steps.flatMap(({ urn, outputs }) =>
                typeof outputs?.head === "string" ? [[urn, outputs.head]] : [],
            ),
        );
        for (const { places } of this.record.waves)
            for (const place of places)
                place.commit = place.urns.map((urn) => heads.get(urn)).find(Boolean) ?? place.commit;
    }

    save(): Promise<void> {
        return writeRecord(this.options.cwd, this.record);
    }

    /**
     * @param change the preview from which the waves were planned
     * @returns undefined when every wave is applied and healthy and the next preview is empty
     */
    async run(change: PendingChange): Promise<WaveStop | undefined> {
        let now: PendingChange | undefined = change;
        this.see(change);
        const { waves } = this.record;
        for (const [wave, { state }] of waves.entries()) {
            if (state === "done") continue;
            const stop = await this.#untilInterrupted(wave, async () => {
                now ??= await this.#preview();
                // the preview knows nothing of a signal that only this process got
                this.options.signal.throwIfAborted();
                this.see(now);
                const stopped = await this.#wave(wave, now);
                if (this.#hasApplied) now = undefined;
                this.#hasApplied = false;
                if (stopped === undefined && waves.slice(wave + 1).some((each) => each.state !== "done"))
                    await this.#pause();
                return stopped;
            });
            if (stop !== undefined) return stop;
        }
        return this.#untilInterrupted(waves.length - 1, () => this.#finish());
    }

    async #untilInterrupted(wave: number, work: () => Promise<WaveStop | undefined>): Promise<WaveStop | undefined> {
        const { signal } = this.options;
        const interrupted: WaveStop = { why: "interrupt", wave, failed: [], words: "" };
        try {
            if (signal.aborted) return interrupted;
            return await work();
        } catch (error) {
            if (!signal.aborted) throw error;
            return interrupted; // a preview that was ended, a wait that was cut short
        }
    }

    /** The change as it is now. */
    async #preview(): Promise<PendingChange> {
        const { hurry } = this.options;
        hurry.addEventListener("abort", stopPrograms, { once: true });
        return previewChange(this.options).finally(() => hurry.removeEventListener("abort", stopPrograms));
    }

    async #pause(): Promise<void> {
        const { pauseMs, signal, say } = this.options;
        if (pauseMs === 0) return;
        say(`waiting for ${pauseMs / 1000} s before the next wave`);
        await sleep(pauseMs, undefined, { signal });
    }

    /** A stop if the program has been edited since the waves were planned. */
    #findEdit(wave: number, change: PendingChange): WaveStop | undefined {
        const edited = listEdited(this.record, change).length;
        return edited === 0
            ? undefined
            : { why: "edit", wave, failed: [], words: `${edited} resources would get other values now than planned` };
    }

    async #wave(index: number, change: PendingChange): Promise<WaveStop | undefined> {
        const wave = this.record.waves[index] as RecordedWave;
        const edited = this.#findEdit(index, change);
        if (edited !== undefined) return edited;
        if (wave.state === "planned") this.record.unhealthy.push(...wave.places.map(({ key }) => key));
        const stop = await this.#apply(index, change);
        return stop ?? this.#check(index);
    }

    async #apply(index: number, change: PendingChange): Promise<WaveStop | undefined> {
        const wave = this.record.waves[index] as RecordedWave;
        const targets = withNeeds(change, wave.urns);
        if (targets.length === 0) return undefined;
        wave.state = "applying";
        this.#hasApplied = true;
        await this.save();
        const { stack, cwd, signal, say } = this.options;
        signal.throwIfAborted(); // nothing would tell the engine
        const title = waveTitle(this.record, index);
        const left = () => wave.places.filter(({ urns }) => urns.some((urn) => this.pending.has(urn)));
        const isOfSites = wave.places.length > 0;
        const total = isOfSites ? countSites(wave.places) : wave.urns.length;
        const done = () =>
            isOfSites ? total - countSites(left()) : wave.urns.filter((urn) => !this.pending.has(urn)).length;
        const applied = await withProgress(`${title}: applying`, (step) => {
            const tell = (urn: string) => {
                this.pending.delete(urn);
                step(done(), total);
            };
            const [other] = change.preview.others;
            return this.#runQuickly(other && splitUrn(other.urn), (run) =>
                applyTargets(targets, { stack, cwd, run, tell }),
            );
        });
        for (const place of wave.places)
            place.commit = place.urns.map((urn) => applied.commits.get(urn)).find(Boolean) ?? place.commit;
        say(`${title}: ${done()} of ${total} ${isOfSites ? "sites " : ""}applied`);
        if (applied.isApplied) {
            wave.state = "applied";
            await this.save();
            return undefined;
        }
        wave.state = signal.aborted ? "applying" : "failed";
        await this.save();
        const failed = wave.places.flatMap(({ key, urns }) =>
            urns.flatMap((urn) => (applied.failed.has(urn) ? [{ key, words: applied.failed.get(urn) as string }] : [])),
        );
        return { why: signal.aborted ? "interrupt" : "apply", wave: index, failed, words: applied.words };
    }

    /** The engine gets the interrupts, and saves the state at its end if that is safe. */
    async #runQuickly(
        foreign: ForeignChange | undefined,
        apply: (run: EngineRun) => ReturnType<typeof applyTargets>,
    ): Promise<AppliedTargets> {
        const { look, signal, hurry } = this.options;
        let applied: Promise<AppliedTargets> | undefined;
        const start = (run: EngineRun) => {
            const { interrupt, finished } = apply(run);
            for (const each of [signal, hurry]) each.addEventListener("abort", interrupt, { once: true });
            applied = finished.finally(() => {
                for (const each of [signal, hurry]) each.removeEventListener("abort", interrupt);
            });
            return { interrupt, finished: applied.then(({ code }) => code) };
        };
        await runQuickly(look, start, { foreign, signal });
        return applied as Promise<AppliedTargets>;
    }

    async #check(index: number): Promise<WaveStop | undefined> {
        const wave = this.record.waves[index] as RecordedWave;
        const { check, tries, settleMs, signal, say } = this.options;
        const places = check === undefined ? [] : wave.places.filter(({ key }) => this.record.unhealthy.includes(key));
        const passed = new Set(check === undefined ? wave.places.map(({ key }) => key) : []);
        const failed: WaveStop["failed"] = [];
        if (check !== undefined && places.length > 0) {
            const title = waveTitle(this.record, index);
            await withProgress(`${title}: checking`, (step) => {
                const tell: CheckRun["tell"] = ({ place, words }) => {
                    if (words === undefined) passed.add(place.key);
                    else failed.push({ key: place.key, words });
                    step(passed.size + failed.length, places.length);
                };
                return checkPlaces(check, places, { tries, settleMs, signal, tell });
            });
            say(`${title}: ${passed.size} of ${places.length} checks passed`);
        }
        this.record.unhealthy = this.record.unhealthy.filter((key) => !passed.has(key));
        wave.state = failed.length > 0 ? "failed" : "done";
        await this.save();
        return failed.length > 0 ? { why: "check", wave: index, failed, words: "" } : undefined;
    }

    async #finish(): Promise<WaveStop | undefined> {
        const change = await this.#preview();
        this.see(change);
        if (this.pending.size > 0) {
            const last = this.record.waves.length - 1;
            return (
                this.#findEdit(last, change) ?? {
                    why: "left",
                    wave: last,
                    failed: [],
                    words: [...this.pending].join("\n"),
                }
            );
        }
        this.record.finishedAt = new Date().toISOString();
        await this.save();
        return undefined;
    }
}
