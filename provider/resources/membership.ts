import type * as pulumi from "@pulumi/pulumi";
import type { Capability } from "section-model/public";
import { declarePerson } from "../program/single-things";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

/** The rights of a member: everything, edit request restrictions, change proxy state such as caches, or read. */
export type Role = Capability;

/** The roles by name, as `pulumi import` and other languages write them: `section.Role.Admin` is `"admin"`. */
export const Role = {
    /** May do everything. */
    Admin: "admin",
    /** May edit request restrictions, and read everything. */
    RestrictionsEditor: "restrictions-editor",
    /** May change the state of proxies, such as caches, and read everything. */
    State: "state",
    /** May read everything. */
    Readonly: "readonly",
} as const satisfies Record<string, Role>;

export interface MembershipArgs extends ResourceArgs {
    /** The id of an Organization. */
    organization: pulumi.Input<string>;
    /** The person's e-mail address. Upper and lower case are the same. */
    email: pulumi.Input<string>;
    /** The rights of the person. */
    role: pulumi.Input<Role>;
    /**
     * The last day of the membership, such as `2026-12-31`: a whole day of UTC. The first `up` after this day ends it.
     * Default: no end.
     */
    until?: pulumi.Input<string>;
}

/**
 * A person's role in an organization. A person without a user is invited; an existing member gets the role.
 *
 * A `Team` lists all members of an organization; a Membership adds one person and leaves the others alone. Deleting
 * ends the membership, never the user. The last admin, the owner and the token's own user cannot be removed or demoted:
 * an owner whose Membership leaves the program stays, with a message.
 *
 * @example new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });
 */
export class Membership extends SectionResource {
    declare readonly organization: pulumi.Output<string>;
    declare readonly email: pulumi.Output<string>;
    declare readonly role: pulumi.Output<Role>;
    /** The number of the person's user; until they accept the invitation, the number of the invitation. */
    declare readonly userId: pulumi.Output<number>;
    declare readonly until: pulumi.Output<string | undefined>;
    /** True when the last day is past. */
    declare readonly ended: pulumi.Output<boolean | undefined>;
    /** `pending` until the person has confirmed the invitation; `ended` after the last day. */
    declare readonly status: pulumi.Output<"pending" | "active" | "ended">;

    constructor(name: string, args: MembershipArgs, opts?: pulumi.CustomResourceOptions) {
        declarePerson({ type: "Membership", name, opts }, args.organization, args.email);
        super("membership", name, args, ["organization", "email", "role", "until", "ended", "userId", "status"], opts);
    }

    /** Looks up an existing membership by its id, such as `1335/jane@agency.example`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Membership {
        return new Membership(name, {} as MembershipArgs, lookup(id, opts));
    }
}
