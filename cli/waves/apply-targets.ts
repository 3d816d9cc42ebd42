import { type EngineOptions, type WatchedEngine, watchEngine } from "../engine/engine";
import { parseEvent } from "../engine/engine-event";
import { completesChange } from "../engine/operation";
import type { EngineRun } from "../engine/quick-run";
import { stackArguments } from "../engine/stack-config";

export interface AppliedTargets {
    isApplied: boolean;
    /** The engine's exit code; undefined when it was killed. */
    code?: number;
    /** Resources that were changed. */
    done: Set<string>;
    /** Resources that were not, and why. */
    failed: Map<string, string>;
    /** Commits by the URN of the environment. */
    commits: Map<string, string>;
    /** The engine's words when it failed. */
    words: string;
}

export interface ApplyOptions extends Pick<EngineOptions, "cwd"> {
    /** Default: the stack that is selected in the folder. */
    stack?: string;
    run: EngineRun;
    /** Called with each resource that is done. */
    tell(urn: string): void;
}

/** Runs `pulumi up` for these resources only, without a preview of its own. */
export function applyTargets(
    urns: readonly string[],
    { stack, tell, run, cwd }: ApplyOptions,
): Pick<WatchedEngine, "interrupt"> & { finished: Promise<AppliedTargets> } {
    const applied: AppliedTargets = {
        isApplied: false,
        done: new Set(),
        failed: new Map(),
        commits: new Map(),
        words: "",
    };
    const words: string[] = [];
    const targets = urns.flatMap((urn) => ["--target", urn]);
    const { interrupt, finished } = watchEngine(
        ["up", "--json", "--yes", "--skip-preview", ...stackArguments({ stack }), ...targets, ...run.args],
        { cwd, environment: run.environment },
        (line) => {
            const { resOutputsEvent, resOpFailedEvent, diagnosticEvent } = parseEvent(line);
            if (resOutputsEvent !== undefined && completesChange(resOutputsEvent.metadata.op)) {
                const { urn, new: made } = resOutputsEvent.metadata;
                applied.done.add(urn);
                if (typeof made?.outputs?.head === "string") applied.commits.set(urn, made.outputs.head);
                tell(urn);
            }
            if (resOpFailedEvent !== undefined)
                applied.failed.set(
                    resOpFailedEvent.metadata.urn,
                    applied.failed.get(resOpFailedEvent.metadata.urn) ?? "",
                );
            if (diagnosticEvent?.severity !== "error") return;
            const message = diagnosticEvent.message.trim();
            words.push(message);
            const { urn = "" } = diagnosticEvent;
            if (urns.includes(urn))
                applied.failed.set(urn, [applied.failed.get(urn), message].filter(Boolean).join("\n"));
        },
    );
    return {
        interrupt,
        finished: finished.then(({ code, stderr }) => ({
            ...applied,
            code,
            isApplied: code === 0,
            words: [...words, stderr.trim()].filter(Boolean).join("\n"),
        })),
    };
}
