import * as pulumi from "@pulumi/pulumi";
import { guardProviderOf } from "../program/guard";
import { declareResource } from "../program/program";

import { type Kind, nameProperty, providerTextOf, resourceTypeOf } from "../run/resource-kind";

/**
 * What every resource of this package shares: its type and the constant text that tells the engine whose code runs it.
 */
export abstract class SectionResource extends pulumi.CustomResource {
    /**
     * @param outputs every output by name, so that the engine hands them to the class
     */
    protected constructor(
        kind: Kind,
        name: string,
        args: object,
        outputs: readonly string[],
        opts: pulumi.CustomResourceOptions = {},
    ) {
        const empty = Object.fromEntries(outputs.map((output) => [output, undefined]));
        const isLookup = opts.id !== undefined;
        const internal = { __provider: providerTextOf(kind), ...(!isLookup && { [nameProperty]: name }) };
        super(resourceTypeOf(kind), name, { ...empty, ...args, ...internal }, opts);
        declareResource({
            kind,
            resource: this,
            args: args as Record<string, unknown>,
            isLookup,
            isRetained: opts.retainOnDelete === true,
        });
        guardProviderOf(this);
    }
}

/** Options that look an existing object up by its id. */
export function lookup(
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    return { ...opts, id };
}
