import { type Foreseen, type Kind, type Properties, pick, unknownValue } from "pulumi-section/internal";

interface Computed {
    /** Outputs that stay as they are as long as the thing exists. */
    stable: readonly string[];
    /** Outputs that an update may change. */
    changing: readonly string[];
    /** Inputs that are no outputs, or whose output of the same name says something else. */
    onlyInputs?: readonly string[];
}

/** The outputs of each kind that no declaration has. Optional ones are left out: a preview need not promise them. */
export const computedOutputs: Readonly<Record<Kind, Computed>> = {
    organization: { stable: [], changing: [] },
    membership: { stable: ["userId"], changing: ["status"] },
    team: { stable: [], changing: ["pending"] },
    application: { stable: ["gitUrl", "cname", "dns", "production"], changing: [] },
    environment: {
        stable: ["gitUrl"],
        changing: ["head", "tree", "hostnames"],
        onlyInputs: ["config", "goesLive"],
    },
    domain: {
        stable: ["cname", "zoneName", "dns"],
        changing: ["engaged", "certificate"],
        onlyInputs: ["waitForLive", "certificate"],
    },
};

const unknownOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, unknownValue]));

/** The declared ones of the outputs. */
function declaredOf(kind: Kind, inputs: Properties): Properties {
    const { onlyInputs = [] } = computedOutputs[kind];
    return pick(
        inputs,
        Object.keys(inputs).filter((key) => !onlyInputs.includes(key)),
    );
}

/** The outputs of a thing that an `up` would make, as far as they are known before. */
export function previewCreated(kind: Kind, inputs: Properties, { reviewed }: Foreseen): Properties {
    const { stable, changing } = computedOutputs[kind];
    return { ...unknownOf([...stable, ...changing]), ...declaredOf(kind, inputs), ...reviewed };
}

/** The outputs of a thing that an `up` would change. */
export function previewUpdated(kind: Kind, olds: Properties, inputs: Properties, { reviewed }: Foreseen): Properties {
    const { stable, changing } = computedOutputs[kind];
    return { ...pick(olds, stable), ...unknownOf(changing), ...declaredOf(kind, inputs), ...reviewed };
}
