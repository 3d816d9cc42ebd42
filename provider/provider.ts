import * as pulumi from "@pulumi/pulumi";
import { guardProgram } from "./program/guard";
import { lightenRegistration } from "./program/lighten-registration";
import { noteEndpoint } from "./program/platform-of";
import { currentWay, providerAliasOfOtherWay } from "./program/way";
import { explicitPrefix } from "./run/find-setting";
import { loadLate } from "./run/late-module";
import type { ArgumentNames } from "./run/list-unknown";
import { listRefusal } from "./run/refusal";
import { packageOf } from "./run/resource-kind";

const unknown = loadLate((): typeof import("./run/list-unknown") => require("./run/list-unknown"));

export interface ProviderArgs {
    /** Root of the endpoint, such as `https://aperture.section.io`. */
    endpoint?: pulumi.Input<string>;
    /** An API token. Kept as a secret. */
    token?: pulumi.Input<string>;
    /** Whether live things may be deleted and replaced. Default false. */
    allowLiveDelete?: pulumi.Input<boolean>;
    /**
     * DNS servers that previews ask, such as `192.0.2.53, 192.0.2.54:5353`, or `none`. Default: the servers of this
     * machine.
     */
    resolver?: pulumi.Input<string>;
}

const argumentNames: ArgumentNames<ProviderArgs> = {
    endpoint: true,
    token: true,
    allowLiveDelete: true,
    resolver: true,
};

/**
 * A provider for another endpoint or user than the stack's. Its settings beat environment variables and stack config.
 *
 * @example const other = new section.Provider("other", { endpoint: "https://platform.agency.example", token:
 * config.requireSecret("otherToken") }); new section.Organization("acme", { name: "Acme" }, { provider: other });
 */
export class Provider extends pulumi.ProviderResource {
    constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
        // with `endpont` it would be a provider for the stack's own platform
        const wrong = unknown.listUnknown(args, argumentNames);
        if (wrong.length > 0) throw listRefusal(wrong, `the Provider ${name}`, "declaration");
        const stack = new pulumi.Config("section");
        const settings = {
            endpoint: args.endpoint,
            token: args.token === undefined ? undefined : pulumi.secret(args.token),
            // the engine does not hand these settings of the stack to explicit providers
            maxDeletes: stack.get("maxDeletes"),
            adopt: stack.get("adopt"),
            patience: stack.get("patience"),
            requirePlatform: stack.get("requirePlatform"),
            allowLiveDelete:
                args.allowLiveDelete === undefined
                    ? undefined
                    : pulumi.output(args.allowLiveDelete).apply((value) => value?.toString()),
            resolver: args.resolver,
        };
        const way = currentWay();
        // the provider of dynamic resources has no settings of its own: these share it with the config of the stack
        const prefix = way === "dynamic" ? `${explicitPrefix}:` : "";
        const inputs = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}${key}`, value]));
        lightenRegistration();
        super(packageOf[way], name, inputs, {
            ...opts,
            aliases: [...(opts?.aliases ?? []), providerAliasOfOtherWay(way)],
        });
        noteEndpoint(this, args.endpoint);
        guardProgram(this);
    }
}
