import * as pulumi from "@pulumi/pulumi";
import { listDeclared, providerOf } from "./program";

/**
 * Lets an environment wait for the one that it copies, if the program has declared that one before and names it as
 * text.
 */
export function afterSource(
    { application, from }: { application?: unknown; from?: unknown },
    options: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    if (typeof from !== "string") return options;
    // the newest ones are of the same site
    const source = listDeclared().findLast(
        ({ kind, args }) => kind === "environment" && args.application === application && args.name === from,
    );
    return source === undefined ? options : pulumi.mergeOptions(options, { dependsOn: source.resource });
}

/**
 * Refuses to promote the `seenHead` of an environment that has another provider. Each provider has a process of its
 * own, so that this one would take a commit of the same `up` for one that was seen before.
 */
export function refuseOtherProvider(name: string, resource: pulumi.Resource, promote: unknown): void {
    if (typeof promote !== "object" || promote === null || !("environment" in promote)) return;
    const source = listDeclared().find(
        ({ kind, resource: { id } }) => kind === "environment" && id === promote.environment,
    );
    if (source === undefined || source.isLookup || providerOf(source.resource) === providerOf(resource)) return;
    throw new pulumi.ResourceError(
        `${name} promotes the seenHead of an Environment that has another provider. Give both the same one, or promote its head.`,
        resource,
    );
}
