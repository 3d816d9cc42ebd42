import { nameOfUrn, type ResourceKind, splitUrn } from "pulumi-section/internal";
import { type EngineEvent, type EventMetadata, parseEvent } from "../engine/engine-event";
import { changesSomething, completesChange, verbOf } from "../engine/operation";
import { kindOfRecorded } from "../engine/recorded-kind";

/** The possible results for one resource. */
export const allDeeds = ["created", "updated", "replaced", "deleted", "failed", "not reached"] as const;

export type Deed = (typeof allDeeds)[number];

export interface AppliedResource {
    deed: Deed;
    /** The attempted operation: `create`, `update`, `replace` or `delete`. */
    op: string;
    urn: string;
    name: string;
    kind: ResourceKind;
    /** Undefined for a resource that was not made. */
    id?: string;
    /** Properties that differed. */
    changed: string[];
    /** Why it failed, in the engine's words. */
    failure?: string;
}

export interface ApplyOutcome {
    /** By result, then by kind and name. Unchanged resources are only counted. */
    steps: AppliedResource[];
    same: number;
    /** Errors that are not about one resource. */
    errors: string[];
}

const deeds: Readonly<Record<string, Deed>> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
};

function kindOf({ urn, old, new: now }: EventMetadata): ResourceKind | undefined {
    const { type } = splitUrn(urn);
    return kindOfRecorded({ type, custom: (now ?? old)?.custom }) as ResourceKind | undefined;
}

/** Collects the events of each resource. */
class Journal {
    readonly #steps = new Map<string, AppliedResource>();
    readonly #reasons = new Map<string, string[]>();
    readonly errors: string[] = [];
    same = 0;

    take({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent): void {
        if (resourcePreEvent !== undefined) this.#begin(resourcePreEvent.metadata);
        if (resOutputsEvent !== undefined) this.#end(resOutputsEvent.metadata, true);
        if (resOpFailedEvent !== undefined) this.#end(resOpFailedEvent.metadata, false);
        if (diagnosticEvent?.severity === "error") this.#hear(diagnosticEvent.urn, diagnosticEvent.message.trim());
    }

    #begin(metadata: EventMetadata): void {
        const { op, urn, old, diffs, detailedDiff } = metadata;
        const kind = kindOf(metadata);
        if (kind === undefined || kind === "guard") return;
        if (op === "same") this.same += 1;
        if (!changesSomething(op)) return;
        const verb = verbOf(op) ?? op;
        const changed = [...(diffs ?? Object.keys(detailedDiff ?? {}))].filter((key) => !key.startsWith("__")).sort();
        const known = this.#steps.get(urn);
        if (known !== undefined) {
            known.op = verb === "replace" ? verb : known.op;
            if (changed.length > 0) known.changed = changed;
            return;
        }
        this.#steps.set(urn, {
            deed: "not reached",
            op: verb,
            urn,
            name: nameOfUrn(urn),
            kind,
            id: old?.id,
            changed,
        });
    }

    #end({ op, urn, new: now }: EventMetadata, isDone: boolean): void {
        const step = this.#steps.get(urn);
        if (step === undefined || !changesSomething(op)) return;
        if (!isDone) step.deed = "failed";
        else if (step.deed !== "failed" && completesChange(op)) step.deed = deeds[step.op] ?? "updated";
        step.id = now?.id || step.id;
    }

    #hear(urn: string | undefined, message: string): void {
        if (urn === undefined || urn === "") this.errors.push(message);
        else this.#reasons.set(urn, [...(this.#reasons.get(urn) ?? []), message]);
    }

    finish(): ApplyOutcome {
        for (const [urn, reasons] of this.#reasons) {
            const step = this.#steps.get(urn);
            const words = [...new Set(reasons)].join("\n");
            if (step === undefined) this.errors.push(words);
            else {
                step.deed = "failed";
                step.failure = words;
            }
        }
        // the engine works in parallel: its order differs from run to run
        const keyOf = ({ deed, kind, name }: AppliedResource) => `${allDeeds.indexOf(deed)} ${kind} ${name}`;
        const steps = [...this.#steps.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
        return { steps, same: this.same, errors: this.errors };
    }
}

/**
 * Reads the output of `pulumi up --json`: one event on each line. Other lines are ignored.
 *
 * @example readEvents('{"diagnosticEvent":{"severity":"error","message":"no"}}').errors[0] === "no"
 */
export function readEvents(text: string): ApplyOutcome {
    const journal = new Journal();
    for (const line of text.split("\n")) journal.take(parseEvent(line));
    return journal.finish();
}
