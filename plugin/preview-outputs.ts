import { type Foreseen, type Kind, type Properties, unknownValue, withShown } from "pulumi-section/internal";

interface Computed {
    /** Outputs that stay as they are as long as the thing exists. */
    stable: readonly string[];
    /** Outputs that an update may change. */
    changing: readonly string[];
}

/** The outputs of each kind that no declaration has. Optional ones are left out: a preview need not promise them. */
export const computedOutputs: Readonly<Record<Kind, Computed>> = {
    organization: { stable: [], changing: [] },
    membership: { stable: ["userId"], changing: ["status"] },
    team: { stable: [], changing: ["pending"] },
    application: { stable: ["gitUrl", "cname", "dns", "production"], changing: [] },
    environment: { stable: ["gitUrl"], changing: ["head", "tree", "hostnames"] },
    domain: { stable: ["cname", "zoneName", "dns"], changing: ["engaged"] },
};

const unknownOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, unknownValue]));

/** The outputs of a thing that an `up` would make, as far as they are known before. */
export function previewCreated(kind: Kind, inputs: Properties, { there, reviewed }: Foreseen): Properties {
    const { stable, changing } = computedOutputs[kind];
    return { ...unknownOf([...stable, ...changing]), ...withShown(kind, there, { ...inputs, ...reviewed }) };
}

/** The outputs of a thing that an `up` would change. */
export function previewUpdated(
    kind: Kind,
    id: string,
    olds: Properties,
    inputs: Properties,
    { reviewed }: Foreseen,
): Properties {
    const { stable, changing } = computedOutputs[kind];
    const kept = Object.fromEntries(stable.filter((name) => name in olds).map((name) => [name, olds[name]]));
    return { ...kept, ...unknownOf(changing), ...withShown(kind, id, { ...inputs, ...reviewed }) };
}
