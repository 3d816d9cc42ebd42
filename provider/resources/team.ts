import type * as pulumi from "@pulumi/pulumi";
import { declareList } from "../program/single-things";
import type { Role } from "./membership";
import { lookup, type ResourceArgs, SectionResource } from "./resource";

/** A member with a role, and perhaps a last day. */
export interface TeamMemberArgs {
    /** The rights of the person. */
    role: pulumi.Input<Role>;
    /**
     * The last day of the membership, such as `2026-12-31`: a whole day of UTC. The first `up` after this day ends it.
     */
    until?: pulumi.Input<string>;
}

/** A listed member whose membership has a last day. */
export interface PassingMember {
    /** The rights of the person. */
    role: Role;
    /** The last day of the membership, such as `2026-12-31`. */
    until: string;
}

export interface TeamArgs extends ResourceArgs {
    /** The id of an Organization. */
    organization: pulumi.Input<string>;
    /**
     * E-mail address -> role, or role and last day, for all members. Only the owner may be left out, and stays a
     * member. The token's own user must be listed as an admin.
     */
    members: pulumi.Input<Record<string, pulumi.Input<Role | TeamMemberArgs>>>;
}

/**
 * All members of an organization: unlisted members are removed. The preview shows them, at creation in `removes`. It
 * refuses a change that would lock out the token's user, take the owner's role or leave no admin. One operation does
 * all changes, and adds people before it removes others.
 *
 * Deleting ends the listed memberships, except those of the owner and of the token's user. An organization has a Team
 * or Memberships, not both.
 *
 * @example new section.Team("acme-team", {
 *     organization: acme.id,
 *     members: { "ada@agency.example": "admin", "temp@agency.example": { role: "readonly", until: "2026-12-31" } },
 * });
 */
export class Team extends SectionResource {
    declare readonly organization: pulumi.Output<string>;
    /** Listed people whose last day is not past. */
    declare readonly members: pulumi.Output<Record<string, Role | PassingMember>>;
    /** Listed people whose last day is past. */
    declare readonly ended: pulumi.Output<string[] | undefined>;
    /** Members that were not listed, and are removed. */
    declare readonly removes: pulumi.Output<string[] | undefined>;
    /** Listed people who have not confirmed the invitation yet. */
    declare readonly pending: pulumi.Output<string[]>;

    constructor(name: string, args: TeamArgs, opts?: pulumi.CustomResourceOptions) {
        declareList({ type: "Team", name, opts }, args.organization);
        super("team", name, args, ["organization", "members", "ended", "removes", "pending"], opts);
    }

    /** Looks up the members of an existing organization by its id, such as `1335`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Team {
        return new Team(name, {} as TeamArgs, lookup(id, opts));
    }
}
