import type * as pulumi from "@pulumi/pulumi";
import { organizationByName } from "../run/declared-things";
import { model } from "../run/late-module";
import { Slot } from "../run/memory";
import { currentRun } from "./program";

/** The outputs of declared resources that name them -> the resources' places. */
const places = new Slot(() => new WeakMap<object, string>());

const placeAt = (holder: unknown) =>
    typeof holder === "object" && holder !== null
        ? currentRun().memory.of(places).get(holder)
        : (holder as string | undefined);

/** The text that names a thing in its holder, in its normal spelling. */
function nameOf(kind: string, { name, email, hostname }: Record<string, unknown>): string | undefined {
    if (kind === "organization" || kind === "environment") return typeof name === "string" ? name : undefined;
    if (kind === "membership") return typeof email === "string" ? model.normaliseEmail(email) : undefined;
    return typeof hostname === "string" ? model.normaliseHostname(hostname) : undefined;
}

/**
 * The place of a thing by names, such as `(Acme)/www.acme.example/Staging`: a preview of a new stack does not know the
 * ids. Undefined where the program computes a name or a holder.
 */
export function describePlace(kind: string, args: Record<string, unknown>): string | undefined {
    const name = nameOf(kind, args);
    if (name === undefined) return undefined;
    if (kind === "organization") return organizationByName(name);
    const holder = placeAt(args.environment ?? args.application ?? args.organization);
    return holder && `${holder}/${name}`;
}

/** Remembers the place of a resource by an output that names it in the arguments of others. */
export function notePlace(output: pulumi.Output<string>, place: string | undefined): void {
    if (place !== undefined) currentRun().memory.of(places).set(output, place);
}

/** Remembers the place of a thing in a resource by the output with the thing's id. */
export function notePlaceBelow(output: pulumi.Output<string>, holder: pulumi.Output<string>, name: string): void {
    const place = placeAt(holder);
    notePlace(output, place && `${place}/${name}`);
}
