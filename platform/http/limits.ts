import type { FastifyRequest } from "fastify";
import type { Caller, Member } from "../auth/caller";
import type { FairUse } from "../fair-use";
import { RateLimit } from "./rate-limit";

/** The limits on requests of one client, and to one organization. */
export interface Limits {
    address: RateLimit;
    user: RateLimit;
    organization: RateLimit;
    create: RateLimit;
    git: RateLimit;
    organizationGit: RateLimit;
    upload: RateLimit;
}

declare module "fastify" {
    interface FastifyInstance {
        /** Missing on a server that was not made by createServer. */
        limits?: Limits;
    }
}

export function makeLimits(settings: FairUse): Limits {
    const limit = (name: ConstructorParameters<typeof RateLimit>[0]) => new RateLimit(name, settings[name]);
    return {
        address: limit("addressRequestsPerMinute"),
        user: limit("userRequestsPerMinute"),
        organization: limit("organizationRequestsPerMinute"),
        create: limit("createsPerMinute"),
        git: limit("gitRequestsPerMinute"),
        organizationGit: limit("organizationGitRequestsPerMinute"),
        upload: limit("uploadsPerHour"),
    };
}

/** Notes the caller of a request, and counts the request against the user's limits. */
export function countRequest(request: FastifyRequest, { userId }: Pick<Caller, "userId">): void {
    request.userId = userId;
    request.server.places?.claim(request, `user ${userId}`);
    request.server.limits?.user.take(String(userId));
}

/** Counts a member's request against the organization's limit. */
export function countForOrganization({ server }: FastifyRequest, member: Pick<Member, "accountId"> | undefined): void {
    if (member !== undefined) server.limits?.organization.take(String(member.accountId));
}

/** Counts a fetch or push, or the work of one in a request, against the limits of the user and the organization. */
export function countGit({ server }: FastifyRequest, { userId }: Pick<Caller, "userId">, accountId?: number): void {
    server.limits?.git.take(String(userId));
    if (accountId !== undefined) server.limits?.organizationGit.take(String(accountId));
}
