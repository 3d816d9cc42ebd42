import type * as pulumi from "@pulumi/pulumi";
import { declarePeople } from "../program/declared-people";
import type { Role } from "./membership";
import { lookup, SectionResource } from "./resource";

export interface TeamMemberArgs {
    role: pulumi.Input<Role>;
    /** The last day of it, such as `2026-12-31`: a whole day of UTC. The first `up` after it ends the membership. */
    until?: pulumi.Input<string>;
}

export interface TeamArgs {
    /** The id of an Organization. */
    organization: pulumi.Input<string>;
    /**
     * E-mail address -> role, or role and last day: everybody. Only the owner may be left out, and stays. The token's
     * own user has to be listed, as an admin.
     */
    members: pulumi.Input<Record<string, pulumi.Input<Role | TeamMemberArgs>>>;
}

/**
 * Everybody of an organization: who is a member and not listed is removed. The preview shows who that is, at creation
 * in `removes`; what would lock out the token's user, take the owner's role or leave no admin is refused there. All of
 * it is done in one go, those who come first.
 *
 * Deleting ends the memberships that it lists, but for the owner's and that of the token's user. An organization has a
 * Team or Memberships, not both.
 *
 * @example new section.Team("acme-team", {
 *     organization: acme.id,
 *     members: { "ada@agency.example": "admin", "temp@agency.example": { role: "readonly", until: "2026-12-31" } },
 * });
 */
export class Team extends SectionResource {
    declare readonly organization: pulumi.Output<string>;
    /** Who is listed and whose last day is not past. */
    declare readonly members: pulumi.Output<Record<string, Role | { role: Role; until: string }>>;
    /** Who is listed and whose last day is past. */
    declare readonly ended: pulumi.Output<string[] | undefined>;
    /** Who was a member without being listed, and is removed. */
    declare readonly removes: pulumi.Output<string[] | undefined>;
    /** Who has not confirmed the invitation yet. */
    declare readonly pending: pulumi.Output<string[]>;

    constructor(name: string, args: TeamArgs, opts?: pulumi.CustomResourceOptions) {
        declarePeople("team", args.organization);
        super("team", name, args, ["organization", "members", "ended", "removes", "pending"], opts);
    }

    /** The members of an organization that exists, by its id such as `1335`. */
    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Team {
        return new Team(name, {} as TeamArgs, lookup(id, opts));
    }
}
