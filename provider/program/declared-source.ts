import * as pulumi from "@pulumi/pulumi";
import { listDeclared } from "./program";

/**
 * Lets an environment wait for the one that it copies, if the program has declared that one before and names it as
 * text.
 */
export function afterSource(
    { application, from }: { application?: unknown; from?: unknown },
    options: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    if (typeof from !== "string") return options;
    const source = listDeclared().find(
        ({ kind, args }) => kind === "environment" && args.application === application && args.name === from,
    );
    return source === undefined ? options : pulumi.mergeOptions(options, { dependsOn: source.resource });
}
