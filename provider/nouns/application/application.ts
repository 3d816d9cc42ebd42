import { readStacks } from "section-client";
import {
    type ApplicationInputs,
    applicationSchema,
    cnameTarget,
    type Issue,
    parseOrganizationId,
    resourceId,
} from "section-model";
import { refuseLiveSite } from "../../protection/live-site";
import { refuseHoldingOthers } from "../../protection/refuse-holding-others";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { canHandOver, isSought, preflightHostname } from "../hostname-preflight";
import type { Noun } from "../noun";
import { ensureApplication, findByHostname, foreseeAdoption } from "./ensure";
import { type ApplicationOutputs, observeApplication } from "./observe";
import { removeApplication } from "./remove";

async function preflightStack({ client }: Session, stack: string | undefined): Promise<Issue[]> {
    if (stack === undefined || (await readStacks(client)).includes(stack)) return [];
    return [
        {
            property: "stack",
            reason: `${stack} is not a stack of this platform; it has ${(await readStacks(client)).slice(0, 5).join(", ")} and more`,
        },
    ];
}

export const applicationNoun: Noun<ApplicationInputs, ApplicationOutputs> = {
    kind: "application",
    schema: applicationSchema,
    replacesOn: ["organization", "hostname"],
    compares: ["organization", "hostname", "origin", "stack"],

    preflight: async (session, { organization, hostname, stack }, olds, sought) => [
        ...(olds === undefined
            ? await preflightHostname(
                  session,
                  hostname,
                  // the application of that name in that organization is adopted
                  ({ place, namesApplication }) =>
                      namesApplication &&
                      (organization === undefined
                          ? isSought(sought, resourceId.application(place))
                          : String(place.organization) === organization),
                  sought.hold,
              )
            : []),
        ...(await preflightStack(session, stack)),
    ],

    derive: ({ hostname }, edgeDomain) => (hostname === undefined ? {} : { cname: cnameTarget(hostname, edgeDomain) }),

    judgeChange: async (open, { id, outputs: { hostname } }, { replaces }) => {
        if (replaces.length === 0) return {};
        const session = open();
        await unlessSilent(session, `application ${id}`, refuseLiveSite(session, id, hostname));
        await unlessSilent(session, `application ${id}`, refuseHoldingOthers(session, id));
        return { isTakenOver: await canHandOver(session) };
    },

    locate: async (session, { organization, hostname }) => {
        if (organization === undefined || hostname === undefined) return undefined;
        const place = parseOrganizationId(organization);
        const record = await unlessGone(findByHostname(session, place.organization, hostname));
        return record && resourceId.application({ ...place, application: record.id });
    },

    foreseeAdoption,
    observe: observeApplication,
    ensure: ensureApplication,
    remove: removeApplication,
};
