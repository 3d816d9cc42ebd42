import * as pulumi from "@pulumi/pulumi";
import { guardProgram } from "./program/guard";
import { lightenRegistration } from "./program/lighten-registration";
import { noteEndpoint } from "./program/platform-of";

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

/**
 * A provider for another endpoint or user than the stack's. Its settings beat environment variables and stack config.
 *
 * @example const other = new section.Provider("other", { endpoint: "https://platform.agency.example", token:
 * config.requireSecret("otherToken") }); new section.Organization("acme", { name: "Acme" }, { provider: other });
 */
export class Provider extends pulumi.ProviderResource {
    constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
        const stack = new pulumi.Config("section");
        const settings = {
            "section-provider:endpoint": args.endpoint,
            "section-provider:token": args.token === undefined ? undefined : pulumi.secret(args.token),
            // the engine does not hand these settings of the stack to explicit providers
            "section-provider:maxDeletes": stack.get("maxDeletes"),
            "section-provider:adopt": stack.get("adopt"),
            "section-provider:patience": stack.get("patience"),
            "section-provider:requirePlatform": stack.get("requirePlatform"),
            "section-provider:allowLiveDelete":
                args.allowLiveDelete === undefined ? undefined : pulumi.output(args.allowLiveDelete).apply(String),
            "section-provider:resolver": args.resolver,
        };
        lightenRegistration();
        super("pulumi-nodejs", name, settings, opts);
        noteEndpoint(this, args.endpoint);
        guardProgram(this);
    }
}
