import { readOriginAddress, readStacks } from "section-client";
import {
    type ApplicationInputs,
    applicationSchema,
    cnameTarget,
    type Issue,
    nearestName,
    parseApplicationId,
    parseOrganizationId,
    productionName,
    resourceId,
} from "section-model";
import { refuseLiveSite } from "../../protection/live-site";
import { refuseHoldingOthers } from "../../protection/refuse-holding-others";
import { printableLine } from "../../run/printable-text";
import type { Session } from "../../run/session";
import { hasUnknown } from "../../run/unknown";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { noteSite } from "../declared-site";
import { canHandOver, type IsOwnPlace, isSought, preflightHostname } from "../hostname-preflight";
import { tellMissingOrigin } from "../missing-origin";
import type { Found, Noun, Sought } from "../noun";
import { preflightHolder, refuseGoneSite } from "../refuse-gone";
import { ensureApplication, findByHostname, foreseeAdoption } from "./ensure";
import { type ApplicationOutputs, observeApplication } from "./observe";
import { removeApplication } from "./remove";

async function preflightStack({ client }: Session, stack: string | undefined): Promise<Issue[]> {
    if (stack === undefined) return [];
    const stacks = await readStacks(client);
    if (stacks.includes(stack)) return [];
    const meant = nearestName(stack, stacks, 2);
    const hint = meant === undefined ? `it has ${stacks.slice(0, 5).join(", ")} and more` : `did you mean ${meant}?`;
    return [{ property: "stack", reason: `${stack} is not a stack of this platform; ${hint}` }];
}

async function preflightNewSite(
    session: Session,
    { organization, hostname, origin }: Partial<ApplicationInputs>,
    sought: Sought,
): Promise<Issue[]> {
    await preflightHolder(session, organization, sought);
    if (origin === undefined && sought.unknown?.origin === undefined) await tellMissingOrigin(session, hostname);
    // the application of that name in that organization is adopted
    const isOwnPlace: IsOwnPlace = ({ place, namesApplication }) =>
        namesApplication &&
        (organization === undefined
            ? isSought(sought, resourceId.application(place))
            : String(place.organization) === organization);
    return preflightHostname(session, hostname, isOwnPlace, sought.hold);
}

/** Says at preview that somebody else has changed the origin that a declaration changes. */
async function tellOtherOrigin(
    { client, tell }: Session,
    { id, outputs: { origin: known } }: Found<ApplicationOutputs>,
    wanted: string | undefined,
): Promise<void> {
    if (known === undefined || wanted === undefined || hasUnknown(wanted)) return;
    const production = { ...parseApplicationId(id), environment: productionName };
    const present = await unlessGone(readOriginAddress(client, production));
    if (present === undefined || present === known || present === wanted) return;
    tell(
        printableLine(
            `application ${id}: its origin is ${present} now, which is not the ${known} that this stack has set; this changes it to ${wanted}`,
        ),
    );
}

export const applicationNoun: Noun<ApplicationInputs, ApplicationOutputs> = {
    kind: "application",
    schema: applicationSchema,
    replacesOn: ["organization", "hostname"],
    compares: ["organization", "hostname", "origin", "stack"],

    preflight: async (session, inputs, olds, sought) => [
        ...(olds === undefined ? await preflightNewSite(session, inputs, sought) : []),
        ...(await preflightStack(session, inputs.stack)),
    ],

    derive: ({ hostname }, edgeDomain) => (hostname === undefined ? {} : { cname: cnameTarget(hostname, edgeDomain) }),

    judgeChange: async (open, found, { wanted, keys, replaces, memory }) => {
        const { id, outputs } = found;
        const { hostname } = outputs;
        if (replaces.length === 0) {
            noteSite(memory, id, wanted, keys);
            if (keys.length > 0)
                await unlessSilent(open(), `application ${id}`, refuseGoneSite(open(), parseApplicationId(id)));
            if (keys.includes("origin"))
                await unlessSilent(open(), `application ${id}`, tellOtherOrigin(open(), found, wanted.origin));
            return {};
        }
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
