import * as pulumi from "@pulumi/pulumi";
import { describeContent } from "../program/declared-content";
import { guardProviderOf } from "../program/guard";
import { describeHostnames } from "../program/hostname-list";
import { lightenRegistration } from "../program/lighten-registration";
import { describePlace, notePlace } from "../program/place";
import { declareResource, describeStack } from "../program/program";
import { claimantProperty } from "../run/claimant";
import { type Kind, providerTextOf, resourceTypeOf } from "../run/resource-kind";

/** Arguments that every resource has. */
export interface ResourceArgs {
    /**
     * Agrees to take over a thing that exists already, though it belongs to nobody or to another program, and would
     * change. The preview says from whom, and what changes. Default: the stack config `section:adopt`.
     */
    adopt?: boolean;
}

/**
 * The base of every resource of this package. It sets the type, and the constant text that tells the engine which code
 * to run.
 */
export abstract class SectionResource extends pulumi.CustomResource {
    /** @param outputs the names of all outputs: the engine sets only these on the class */
    protected constructor(
        kind: Kind,
        name: string,
        { adopt, ...args }: ResourceArgs & Record<never, unknown>,
        outputs: readonly string[],
        opts: pulumi.CustomResourceOptions = {},
    ) {
        const empty = Object.fromEntries(outputs.map((output) => [output, undefined]));
        const isLookup = opts.id !== undefined;
        const place = describePlace(kind, args);
        const claimant = {
            ...describeStack(),
            resource: name,
            ...(place && { place }),
            ...(adopt && { adopt }),
            hostnames: describeHostnames(),
            ...describeContent(kind, args),
        };
        const internal = { __provider: providerTextOf(kind), ...(!isLookup && { [claimantProperty]: claimant }) };
        const declared = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
        lightenRegistration();
        super(resourceTypeOf(kind), name, { ...empty, ...declared, ...internal }, opts);
        for (const property of Object.keys(internal)) Reflect.deleteProperty(this, property);
        notePlace(this.id, place);
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

/** Options that look up an existing object by its id. */
export function lookup(
    id: pulumi.Input<pulumi.ID>,
    opts: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    return { ...opts, id };
}
