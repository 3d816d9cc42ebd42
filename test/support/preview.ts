import { providerTextOf, type ResourceKind } from "../../provider/run/resource-kind";
import { typeNow, wayNow } from "./both-ways";

export interface StepText {
    op: string;
    kind: ResourceKind;
    name: string;
    id?: string;
    olds?: Record<string, unknown>;
    news?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    changed?: string[];
    replaces?: string[];
    protect?: boolean;
    from?: Readonly<Record<string, readonly string[]>>;
}

export function urnOf(kind: ResourceKind, name: string): string {
    return `urn:pulumi:production::agency::${typeNow(kind)}::${name}`;
}

/** A step as `pulumi preview --json` prints it. */
function stepDocument({
    op,
    kind,
    name,
    id,
    olds,
    news,
    outputs,
    changed = [],
    replaces = [],
    protect,
    from,
}: StepText): unknown {
    const isDynamic = wayNow() === "dynamic";
    const text = isDynamic && { __provider: providerTextOf(kind) };
    const state = (inputs: Record<string, unknown>) => ({
        custom: true,
        inputs: { ...text, ...inputs },
        outputs: { ...text, __v: 1, ...outputs },
        protect,
        propertyDependencies: { ...(isDynamic && { __provider: [] }), ...from },
    });
    return {
        op,
        urn: urnOf(kind, name),
        ...(olds && { oldState: { id, ...state(olds) } }),
        ...(news && { newState: state(news) }),
        ...(changed.length > 0 && {
            detailedDiff: Object.fromEntries(changed.map((path) => [path, { kind: "update", inputDiff: true }])),
        }),
        ...(replaces.length > 0 && { replaceReasons: replaces }),
    };
}

/** The document that `pulumi preview --json` prints. */
export function previewText(steps: readonly StepText[], diagnostics: readonly object[] = []): string {
    return JSON.stringify({ steps: steps.map(stepDocument), diagnostics, duration: 1, changeSummary: {} });
}
