import {
    isStackUrn,
    nameOfUrn,
    type PromotedLines,
    type Properties,
    promotedLinesProperty,
    splitUrn,
    type Takeover,
    takeoverProperty,
} from "pulumi-section/internal";
import { Problem } from "section-model";
import { changesSomething } from "./operation";
import { kindOfRecorded } from "./recorded-kind";

/** A step that the engine would take with one of our resources. */
export interface PreviewStep {
    /** `create`, `update`, `replace`, `delete`, `same`, `read`, ..., in the engine's words. */
    op: string;
    urn: string;
    /** Its name in the program. */
    name: string;
    /** As `pulumi-section/dynamic` exports it. */
    kind: string;
    /** Undefined for a resource that does not exist yet. */
    id?: string;
    /** Inputs before; undefined for a new resource. A secret is the text `[secret]`. */
    olds?: Properties;
    /**
     * Inputs after; undefined for a resource that is removed. A value that is not known yet is the engine's text for
     * it, see `hasUnknown`.
     */
    news?: Properties;
    /** The outputs that the engine remembers. */
    outputs?: Properties;
    /** Paths of the properties that differ, such as `config` and `origin.address`. */
    changed: string[];
    /** Paths of those that need a replacement. */
    replaces: string[];
    /** The program protects it from being deleted. */
    isProtected: boolean;
    /** Set for a new resource whose thing exists already, and is taken over. */
    takeover?: Takeover;
    /** Set for an environment that gets the content of another commit: the lines that go live, by file. */
    promotedLines?: PromotedLines;
    /** Property -> the URNs of the resources that its value comes from. */
    from: Readonly<Record<string, readonly string[]>>;
}

export interface Diagnostic {
    severity: string;
    message: string;
    urn?: string;
}

export interface Preview {
    steps: PreviewStep[];
    /** Steps of other packages' resources: URN and operation. Unchanged ones are left out. */
    others: { urn: string; op: string }[];
    /** Warnings and errors of the engine and the provider. */
    diagnostics: Diagnostic[];
}

interface RecordedState {
    id?: string;
    custom?: boolean;
    inputs?: Properties;
    outputs?: Properties;
    protect?: boolean;
    propertyDependencies?: Record<string, string[] | null>;
}

interface RecordedStep {
    op: string;
    urn: string;
    oldState?: RecordedState | null;
    newState?: RecordedState | null;
    diffReasons?: string[] | null;
    replaceReasons?: string[] | null;
    detailedDiff?: Record<string, unknown> | null;
}

interface RecordedPreview {
    steps?: RecordedStep[] | null;
    diagnostics?: Diagnostic[] | null;
}

const isInner = (key: string) => key.startsWith("__");

function withoutInner(properties: Properties | undefined): Properties | undefined {
    return properties && Object.fromEntries(Object.entries(properties).filter(([key]) => !isInner(key)));
}

function stepOf({
    op,
    urn,
    oldState,
    newState,
    diffReasons,
    replaceReasons,
    detailedDiff,
}: RecordedStep): PreviewStep | undefined {
    const kind = kindOfRecorded({ type: splitUrn(urn).type, custom: (newState ?? oldState)?.custom });
    if (kind === undefined) return undefined;
    const changed = Object.keys(detailedDiff ?? {});
    const takeover = newState?.inputs?.[takeoverProperty] as Takeover | undefined;
    const promotedLines = newState?.inputs?.[promotedLinesProperty] as PromotedLines | undefined;
    return {
        op,
        urn,
        name: nameOfUrn(urn),
        kind,
        id: oldState?.id ?? newState?.id,
        olds: withoutInner(oldState?.inputs),
        news: withoutInner(newState?.inputs),
        outputs: withoutInner(oldState?.outputs),
        changed: (changed.length > 0 ? changed : (diffReasons ?? [])).filter((key) => !isInner(key)).sort(),
        replaces: (replaceReasons ?? []).filter((key) => !isInner(key)).sort(),
        isProtected: (newState ?? oldState)?.protect === true,
        ...(takeover !== undefined && { takeover }),
        ...(promotedLines !== undefined && { promotedLines }),
        from: Object.fromEntries(
            Object.entries((newState ?? oldState)?.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
        ),
    };
}

/**
 * Reads the output of `pulumi preview --json`.
 *
 * @throws Problem `invalid-input` for a text that is no such document
 * @example readPreview('{"steps":[]}').steps.length === 0
 */
export function readPreview(text: string): Preview {
    let recorded: RecordedPreview;
    try {
        recorded = JSON.parse(text);
    } catch (cause) {
        throw new Problem("invalid-input", `the preview is no JSON: ${(cause as Error).message}`, {
            remedy: "Save it with: pulumi preview --json --show-sames > preview.json",
            cause,
        });
    }
    if (
        typeof recorded !== "object" ||
        recorded === null ||
        !(Array.isArray(recorded.steps) || Array.isArray(recorded.diagnostics))
    ) {
        throw new Problem("invalid-input", "the JSON is no preview: it has neither steps nor diagnostics", {
            remedy: "Save it with: pulumi preview --json --show-sames > preview.json",
        });
    }
    const steps: PreviewStep[] = [];
    const others: Preview["others"] = [];
    for (const each of recorded.steps ?? []) {
        const step = stepOf(each);
        if (step !== undefined) steps.push(step);
        else if (!isStackUrn(each.urn) && changesSomething(each.op)) others.push({ urn: each.urn, op: each.op });
    }
    return { steps, others, diagnostics: recorded.diagnostics ?? [] };
}

/** The errors for which a preview was refused. */
export function errorsOf({ diagnostics }: { diagnostics: readonly Diagnostic[] }): Diagnostic[] {
    return diagnostics
        .filter(({ severity }) => severity === "error")
        .map((diagnostic) => ({ ...diagnostic, message: diagnostic.message.trim() }));
}
