import type { Client } from "section-client";
import { type Finding, judgeName, openDns, viewName } from "section-client";
import type { DnsRecord } from "section-model";
import type { Session } from "../../run/session";

function lineOf(name: string, { record, found, expected, fix }: Finding): string {
    const ending = fix === undefined ? "" : `; fix: ${fix}`;
    return `${name} ${record}: found ${found}; expected ${expected}${ending}`;
}

/**
 * What the DNS has of a hostname and what it needs to go live, a line for each record. None where the settings say not
 * to ask.
 *
 * @param isIssued whether the platform is to have its certificate issued
 */
export async function describeDns(
    { settings: { resolvers } }: Session,
    record: DnsRecord,
    isIssued: boolean,
): Promise<string[]> {
    if (resolvers?.length === 0) return [];
    const findings = judgeName(record, await viewName(openDns(resolvers), record), isIssued);
    return findings.map((finding) => lineOf(record.name, finding));
}

const told = new WeakMap<Client, Set<string>>();

/** Tells it, once for each hostname in a run: the engine checks what is replaced twice. */
export async function tellDns(session: Session, record: DnsRecord, isIssued: boolean): Promise<void> {
    const names = told.get(session.client) ?? new Set<string>();
    told.set(session.client, names);
    if (names.has(record.name)) return;
    names.add(record.name);
    for (const line of await describeDns(session, record, isIssued)) session.tell(line);
}
