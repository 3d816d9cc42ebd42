import { readStacks } from "section-client";
import { type ApplicationInputs, applicationSchema, cnameTarget, type Issue } from "section-model";
import { refuseLiveSite } from "../../protection/live-site";
import type { Session } from "../../run/session";
import { unlessSilent } from "../../run/unless-silent";
import { preflightHostname } from "../hostname-preflight";
import type { Noun } from "../noun";
import { ensureApplication } from "./ensure";
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

    preflight: async (session, { hostname, stack }, isNew) => [
        ...(isNew ? await preflightHostname(session, hostname) : []),
        ...(await preflightStack(session, stack)),
    ],

    derive: ({ hostname }, edgeDomain) => (hostname === undefined ? {} : { cname: cnameTarget(hostname, edgeDomain) }),

    judgeChange: async (open, { id, outputs: { hostname } }, { replaces }) => {
        if (replaces.length === 0) return {};
        const session = open();
        await unlessSilent(session, `application ${id}`, refuseLiveSite(session, id, hostname));
        return {};
    },

    observe: observeApplication,
    ensure: ensureApplication,
    remove: removeApplication,
};
