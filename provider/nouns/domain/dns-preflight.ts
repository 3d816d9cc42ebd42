import { type Finding, judgeName, viewName } from "section-client";
import type { DnsRecord } from "section-model";
import { Slot } from "../../run/memory";
import { openDns } from "../../run/open-dns";
import type { Session } from "../../run/session";

function lineOf(name: string, { record, found, expected, fix }: Finding): string {
    const ending = fix === undefined ? "" : `; fix: ${fix}`;
    return `${name} ${record}: found ${found}; expected ${expected}${ending}`;
}

/**
 * The found and the needed DNS records of a hostname, one line for each. Empty where the settings forbid asking.
 *
 * @param isIssued whether the platform obtains its certificate
 */
export async function describeDns(session: Session, record: DnsRecord, isIssued: boolean): Promise<string[]> {
    if (session.settings.resolvers?.length === 0) return [];
    const findings = judgeName(record, await viewName(openDns(session), record), isIssued);
    return findings.map((finding) => lineOf(record.name, finding));
}

const told = new Slot(() => new Set<string>());

/** Tells it once per hostname and run: the engine checks a replaced resource twice. */
export async function tellDns(session: Session, record: DnsRecord, isIssued: boolean): Promise<void> {
    const names = session.memory.of(told);
    if (names.has(record.name)) return;
    names.add(record.name);
    for (const line of await describeDns(session, record, isIssued)) session.tell(line);
}
