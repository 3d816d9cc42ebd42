import { hostnameSchema, Problem, parseSectionConfig, sectionConfigPath } from "section-model";
import { findKeyAuthorization } from "../store/certificate-orders";
import type { DomainRow } from "../store/database";
import type { Context } from "./context";

/** The proof for a certificate authority that a hostname leads to this platform, whichever replica it asks. */
export async function answerChallenge({ store }: Context, host: string, token: string): Promise<string> {
    const { data: hostname } = hostnameSchema.safeParse(host.replace(/:\d+$/, ""));
    const isName = hostname !== undefined && /^[\w-]{1,200}$/.test(token);
    const answer = isName ? await findKeyAuthorization(store.database, hostname, token) : undefined;
    if (answer === undefined)
        throw new Problem("not-found", `there is no challenge of that name for ${hostname ?? "this host"}`);
    return answer;
}

/** Refuses when the origin, not the platform, would be asked for the challenge. */
export async function refuseForeignChallenges(
    { repositories }: Context,
    { hostname, ...domain }: DomainRow & { environment_name: string },
): Promise<void> {
    const key = { accountId: domain.account_id, applicationId: domain.application_id };
    const text = await repositories.readFile(key, domain.environment_name, sectionConfigPath);
    const block =
        text === undefined
            ? undefined
            : parseSectionConfig(text.toString("utf8")).environments[domain.environment_name];
    if (block?.origin?.proxy_acme_challenge !== true) return;
    throw new Problem(
        "issue-failed",
        `the challenges of ${hostname} are passed to its origin: proxy_acme_challenge is set in ${domain.environment_name}`,
        {
            remedy: "Remove proxy_acme_challenge from the environment's egress configuration, or upload a certificate",
        },
    );
}
