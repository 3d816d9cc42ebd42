import { readCertificate, readFeatures } from "section-client";
import {
    cnameTarget,
    type DomainInputs,
    dnsRecordFor,
    domainSchema,
    parseDomainId,
    relateDomain,
    resourceId,
    zoneName,
} from "section-model";
import { refuseLiveReplacement } from "../../protection/live-replacement";
import type { Session } from "../../run/session";
import { hasUnknown } from "../../run/unknown";
import { unlessSilent } from "../../run/unless-silent";
import { isSought, preflightHostname } from "../hostname-preflight";
import type { Noun } from "../noun";
import { preflightHolder, refuseGoneEnvironment } from "../refuse-gone";
import { differsFromWanted, endOfWanted, isIssued, lineOfEnd, sayUnissued } from "./certificate";
import { tellDns } from "./dns-preflight";
import { ensureDomain } from "./ensure";
import { isMovePlanned, planMove } from "./move";
import { type DomainOutputs, observeDomain } from "./observe";
import { removeDomain } from "./remove";

/** Whether an unchanged domain still needs a wait or another certificate. Also gives a preview's warnings. */
async function hasWork(
    open: () => Session,
    { hostname = "", waitForLive, certificate: wanted }: Partial<DomainInputs>,
    { engaged, dns, certificate }: DomainOutputs,
): Promise<boolean> {
    const isWaiting = waitForLive !== undefined && engaged !== true;
    if (isWaiting && dns !== undefined) {
        const session = open();
        const issued = await unlessSilent(session, `domain ${hostname}`, isIssued(session, wanted));
        await tellDns(session, dns, issued ?? wanted === "acme");
    }
    const isOther = hasUnknown(wanted) || differsFromWanted(wanted, certificate);
    const ending = isOther ? undefined : lineOfEnd(hostname, certificate ?? {});
    if (ending !== undefined) open().tell(ending);
    return isWaiting || isOther;
}

export const domainNoun: Noun<DomainInputs, DomainOutputs> = {
    kind: "domain",
    schema: domainSchema,
    replacesOn: ["environment", "hostname"],
    compares: ["environment", "hostname"],
    secrets: ["certificate"],

    relate: (inputs) => relateDomain(inputs),

    preflight: async (session, { environment, hostname, certificate }, olds, sought) => {
        if (olds === undefined) await preflightHolder(session, environment, sought);
        if (hostname === undefined) return [];
        const { edgeDomain } = await readFeatures(session.client);
        const ending = lineOfEnd(hostname, { type: "custom", expires: endOfWanted(certificate) });
        if (ending !== undefined) session.tell(ending);
        const unissued = await sayUnissued(session, hostname, certificate);
        if (unissued !== undefined) session.tell(unissued);
        const [issues] = await Promise.all([
            olds === undefined
                ? preflightHostname(
                      session,
                      hostname,
                      ({ place }) =>
                          isMovePlanned(session.memory, hostname) ||
                          (environment === undefined
                              ? isSought(sought, resourceId.domain({ ...place, hostname }))
                              : resourceId.environment(place) === environment),
                      sought.hold,
                  )
                : [],
            tellDns(session, dnsRecordFor(hostname, edgeDomain), await isIssued(session, certificate)),
        ]);
        return issues;
    },

    derive: ({ hostname }, edgeDomain) => {
        if (hostname === undefined) return {};
        return {
            cname: cnameTarget(hostname, edgeDomain),
            zoneName: zoneName(hostname),
            dns: dnsRecordFor(hostname, edgeDomain),
        };
    },

    judgeChange: async (open, { id, outputs }, { wanted, keys, replaces }) => {
        if (keys.length === 0) {
            const works = await hasWork(open, wanted, outputs);
            if (works) await unlessSilent(open(), `domain ${id}`, refuseGoneEnvironment(open(), parseDomainId(id)));
            return { hasWork: works };
        }
        const move = await planMove(open(), id, wanted as DomainInputs);
        const replaced = { id, place: parseDomainId(id), domains: [outputs] };
        await refuseLiveReplacement(open(), replaced, replaces, move?.isSeamless);
        return { isTakenOver: move !== undefined };
    },

    foreseeAdoption: async ({ client }, id, { certificate }) => {
        const { organization, hostname } = parseDomainId(id);
        if (certificate === undefined) return [];
        const seen = await readCertificate(client, organization, hostname);
        return differsFromWanted(certificate, seen) ? ["its certificate changes"] : [];
    },

    observe: observeDomain,
    ensure: ensureDomain,
    remove: removeDomain,
};
