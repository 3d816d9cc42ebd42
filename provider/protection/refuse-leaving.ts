import { normaliseEmail, Problem, parseEnvironmentId, parseMembershipId, parseOrganizationId } from "section-model";
import { findEnvironmentRecord } from "../run/find-branch";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";
import { unlessSilent } from "../run/unless-silent";
import type { Leaving } from "./find-leaving";
import { findLockouts, readAccess, tellOwnerStays } from "./find-lockouts";
import { refuseLiveDomains } from "./live-domains";
import { refuseLiveSite } from "./live-site";
import { refuseTooMany } from "./refuse-too-many";

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
    return groups;
}

async function refuseLiveHostnames(session: Session, hostnames: Leaving["hostnames"]): Promise<void> {
    for (const [environment, domains] of groupBy(hostnames, (each) => each.environment))
        await refuseLiveDomains(session, parseEnvironmentId(environment), "what leaves", domains);
}

async function refuseLiveEnvironment(session: Session, id: string): Promise<void> {
    const place = parseEnvironmentId(id);
    const record = await unlessGone(findEnvironmentRecord(session, place));
    await refuseLiveDomains(session, place, id, record?.domains ?? []);
}

async function refuseLockouts(session: Session, people: readonly string[]): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const [organization, ids] of groupBy(people, (id) => id.split("/")[0] ?? "")) {
        const access = await unlessGone(readAccess(session, parseOrganizationId(organization).organization));
        if (access === undefined) continue;
        const leaving = new Set(ids.map((id) => normaliseEmail(parseMembershipId(id).email)));
        if (access.owner !== undefined && leaving.delete(access.owner))
            tellOwnerStays(session, access.organization, access.owner);
        problems.push(...findLockouts(access, (member) => (leaving.has(member.email) ? undefined : member.role)));
    }
    return problems;
}

/** The refusal of a step. A platform that does not answer refuses nothing; any other error is thrown. */
async function refusalOf(session: Session, step: () => Promise<void>): Promise<Problem | undefined> {
    try {
        await unlessSilent(session, "what leaves the program", step());
        return undefined;
    } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
    }
}

/**
 * Refuses things that must not leave the program: too many, live ones, and people whose leaving locks somebody
 * out. Reports all of them at once.
 */
export async function refuseLeaving(session: Session, leaving: Leaving): Promise<void> {
    const tooMany = await refusalOf(session, () => refuseTooMany(session, leaving));
    if (tooMany !== undefined) throw tooMany; // asking about each is slow, and most leave by mistake
    const refusals: (Problem | undefined)[] = [];
    for (const { id, hostname } of leaving.sites)
        refusals.push(await refusalOf(session, async () => void (await refuseLiveSite(session, id, hostname))));
    for (const { id } of leaving.environments.filter(({ isAlone }) => isAlone))
        refusals.push(await refusalOf(session, () => refuseLiveEnvironment(session, id)));
    refusals.push(
        await refusalOf(session, () =>
            refuseLiveHostnames(
                session,
                leaving.hostnames.filter(({ isAlone }) => isAlone),
            ),
        ),
    );
    let lockouts: Problem[] = [];
    refusals.push(
        await refusalOf(session, async () => {
            lockouts = await refuseLockouts(session, leaving.people);
        }),
    );
    const [first, ...others] = [...refusals, ...lockouts].filter((problem) => problem !== undefined);
    if (first === undefined) return;
    // a platform that must answer and does not is one reason, whatever was asked
    const further = new Set(others.map(({ message }) => message).filter((message) => message !== first.message));
    throw new Problem(first.code, first.detail, { remedy: first.remedy, lines: [...first.lines, ...further] });
}
