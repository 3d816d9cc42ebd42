import { hostnameSchema, issuesOf, isWithin, Problem } from "section-model";
import { isTaken } from "../store/database-failure";
import { hostnameConstraint, isHostnameTaken } from "../store/domains";
import type { Context } from "./context";

/** The hostname in its one spelling, or `invalid-input` naming the property. */
export function requireHostname(text: string, property: string): string {
    const parsed = hostnameSchema.safeParse(text);
    if (!parsed.success)
        throw new Problem("invalid-input", `${property} ${JSON.stringify(text)} ${issuesOf(parsed.error)[0]?.reason}`, {
            property,
        });
    return parsed.data;
}

/** The hostname of a site, which cannot be one of the platform's own names: it would be its own target. */
export function requireSite({ options }: Context, text: string, property: string): string {
    const hostname = requireHostname(text, property);
    if (!isWithin(hostname, options.edgeDomain)) return hostname;
    throw new Problem(
        "invalid-input",
        `${property} ${JSON.stringify(text)} lies below ${options.edgeDomain}, which is the platform's own`,
        { property },
    );
}

/** A hostname is unique on the platform; whose it is nobody learns. `asked` is quoted as the caller wrote it. */
export function makeTaken(asked: string, cause?: unknown): Problem {
    return new Problem("hostname-taken", `An application has already been created with domain name ${asked}`, {
        cause,
    });
}

/** The same for the failure of a statement. */
export function takenAsProblem(error: unknown, asked: string): unknown {
    return isTaken(error, hostnameConstraint) ? makeTaken(asked, error) : error;
}

/** Whether anybody has a hostname; whose it is nobody learns. */
export async function checkHostname(context: Context, text: string): Promise<{ hostname: string; taken: boolean }> {
    const hostname = requireHostname(text, "hostName");
    return { hostname, taken: await isHostnameTaken(context.store.database, hostname) };
}
