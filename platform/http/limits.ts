import type { FastifyRequest } from "fastify";
import type { Caller } from "../auth/caller";
import { RateLimit } from "./rate-limit";

/** The limits on requests of one client. */
export interface Limits {
    address: RateLimit;
    user: RateLimit;
    create: RateLimit;
    git: RateLimit;
}

/** Each a number a minute; 0 is no limit. */
export interface LimitSettings {
    addressRequestsPerMinute: number;
    userRequestsPerMinute: number;
    createsPerMinute: number;
    gitRequestsPerMinute: number;
}

declare module "fastify" {
    interface FastifyInstance {
        /** Missing on a server that was not made by createServer. */
        limits?: Limits;
    }
}

export function makeLimits(settings: LimitSettings): Limits {
    return {
        address: new RateLimit("requests from this address", settings.addressRequestsPerMinute),
        user: new RateLimit("requests of this user", settings.userRequestsPerMinute),
        create: new RateLimit(
            "applications, environments and accounts that this user creates",
            settings.createsPerMinute,
        ),
        git: new RateLimit("git requests of this user", settings.gitRequestsPerMinute),
    };
}

/** Notes the caller of a request, and counts the request against the user's limits. */
export function countRequest(request: FastifyRequest, { userId }: Pick<Caller, "userId">): void {
    request.userId = userId;
    request.server.places?.claim(request, `user ${userId}`);
    request.server.limits?.user.take(String(userId));
}
