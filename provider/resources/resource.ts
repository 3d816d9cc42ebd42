import * as pulumi from "@pulumi/pulumi";
import { guardProviderOf } from "../program/guard";
import { makeOutputsLater } from "../program/later-outputs";
import { lightenRegistration } from "../program/lighten-registration";
import { describePlace, notePlace } from "../program/place";
import { declareResource } from "../program/program";
import { tellClaimant } from "../program/tell-claimant";
import { aliasOfOtherWay, currentWay } from "../program/way";
import { claimantProperty } from "../run/claimant";
import { classNameOf, type Kind, providerTextOf, resourceTypeOf } from "../run/resource-kind";

/** Arguments that every resource has. */
export interface ResourceArgs {
    /**
     * Agrees to take over a thing that exists already, though it belongs to nobody or to another program, and would
     * change. The preview says from whom, and what changes. Default: the stack config `section:adopt`.
     */
    adopt?: boolean;
}

/** The engine cannot import through a dynamic provider, and says so in words that help nobody. */
function refuseImport(kind: Kind, name: string, { import: id }: pulumi.CustomResourceOptions): void {
    if (id === undefined) return;
    throw new pulumi.RunError(
        `${classNameOf(kind)} "${name}" has the option import: "${id}", which needs the plugin (section:plugin). Take the option away: up takes the existing ${kind} over by what the arguments name, and the preview says what would change.`,
    );
}

type Transformed = pulumi.Resource & { __transformations?: unknown[] };

/** Transformations of a program see and return all properties at once. */
function hasTransformations({ transformations, parent }: pulumi.CustomResourceOptions): boolean {
    const { __transformations: inherited } = (parent ?? pulumi.runtime.getStackResource() ?? {}) as Transformed;
    return [transformations, inherited].some((each) => each !== undefined && each.length > 0);
}

/**
 * The base of every resource of this package. It sets the type, and for dynamic resources the constant text that tells
 * the engine which code to run.
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
        const way = currentWay();
        if (way === "dynamic") refuseImport(kind, name, opts);
        const empty = Object.fromEntries(outputs.map((output) => [output, undefined]));
        const isLookup = opts.id !== undefined;
        const place = describePlace(kind, args);
        const internal = {
            ...(way === "dynamic" && { __provider: providerTextOf(kind) }),
            ...(!isLookup && { [claimantProperty]: tellClaimant({ kind, name, place, adopt, args }) }),
        };
        const declared = Object.entries({ ...args, ...internal }).filter(([, value]) => value !== undefined);
        const isOfClass = ([property]: [string, unknown]) => outputs.includes(property);
        const others = Object.fromEntries(declared.filter((each) => !isOfClass(each)));
        const props = {
            ...empty,
            ...Object.fromEntries(declared.filter(isOfClass)),
            ...(hasTransformations(opts) && others),
        };
        lightenRegistration();
        const aliases = [...(opts.aliases ?? [])];
        const endLater = makeOutputsLater(outputs);
        try {
            super(resourceTypeOf(kind, way), name, props, { ...opts, aliases });
        } finally {
            endLater();
        }
        // the SDK makes some forty promises of each alias that it sees now; it reads the list later
        if (!isLookup) aliases.push(aliasOfOtherWay(kind, way));
        // the SDK makes an output, some thirty promises, of each property that it sees now; it reads all later
        Object.assign(props, others);
        for (const property of Object.keys(others)) Reflect.deleteProperty(this, property);
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
