import {
    type ApplicationPlace,
    type ApplicationRecord,
    type Client,
    createApplication,
    deleteApplication,
    listApplications,
    readFeatures,
    readStacks,
    setOriginAddress,
    setStack,
} from "section-client";
import {
    type ApplicationInputs,
    applicationSchema,
    cnameTarget,
    edgeDomainOf,
    type Issue,
    isProblem,
    Problem,
    parseApplicationId,
    productionName,
    resourceId,
} from "section-model";
import { refuseAnotherThing } from "../../protection/another-thing";
import { refuseLiveSite } from "../../protection/live-site";
import { noteOwnMove } from "../../protection/plan-expectations";
import { countRemovedSite } from "../../protection/removed-sites";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { preflightHostname } from "../hostname-preflight";
import { type Found, type Noun, Unfinished } from "../noun";

interface ApplicationOutputs {
    organization: string;
    hostname: string;
    origin?: string;
    stack?: string;
    gitUrl: string;
    cname: string;
}

/** What new sites start with when the declaration names no stack. */
const defaultStack = "varnish-6.3-basic";

async function findApplication(
    { client }: Session,
    organization: number,
    hostname: string,
): Promise<ApplicationRecord | undefined> {
    return (await listApplications(client, organization)).find(({ name }) => name.toLowerCase() === hostname);
}

async function findById(
    client: Client,
    { organization, application }: ApplicationPlace,
    options?: { mayBeStale?: boolean },
): Promise<ApplicationRecord | undefined> {
    return (await unlessGone(listApplications(client, organization, options)))?.find(({ id }) => id === application);
}

/** Makes the application, or takes over the one of the same hostname in the same organization. */
async function createOrAdopt(
    session: Session,
    organization: number,
    { hostname, origin, stack }: ApplicationInputs,
): Promise<{ record: ApplicationRecord; isNew: boolean }> {
    try {
        return {
            record: await createApplication(session.client, organization, {
                hostname,
                origin,
                stack: stack ?? defaultStack,
            }),
            isNew: true,
        };
    } catch (error) {
        if (!isProblem(error) || error.status < 400 || error.status >= 500) throw error;
        const record = await findApplication(session, organization, hostname);
        if (record === undefined) throw error;
        return { record, isNew: false };
    }
}

/** Carries changes of origin and stack over to Production, as commits of the caller. */
async function syncProduction(
    session: Session,
    place: ApplicationPlace,
    inputs: ApplicationInputs,
    known: Partial<ApplicationOutputs>,
): Promise<void> {
    const { client } = session;
    const production = { ...place, environment: productionName };
    if (inputs.stack !== undefined && inputs.stack !== known.stack) {
        const { extensions } = await readFeatures(client);
        if (!extensions.has("environment.stack")) {
            throw new Problem("unsupported", `${client.connection.endpoint} cannot change the stack of a site`, {
                remedy: "Declare proxyChain and config on the Production environment instead",
            });
        }
        await setStack(client, production, inputs.stack);
        noteOwnMove(session, place);
    }
    if (inputs.origin !== undefined && inputs.origin !== known.origin) {
        await setOriginAddress(client, production, inputs.origin);
        noteOwnMove(session, place);
    }
}

function foundOf(
    organization: number,
    record: ApplicationRecord,
    settings: Pick<ApplicationOutputs, "origin" | "stack">,
    edgeDomain?: string,
): Found<ApplicationOutputs> {
    const hostname = record.name.toLowerCase();
    const outputs = {
        organization: String(organization),
        hostname,
        ...settings,
        gitUrl: record.gitUrl,
        cname: cnameTarget(hostname, edgeDomain),
    };
    return { id: resourceId.application({ organization, application: record.id }), outputs };
}

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

    ensure: async (session, inputs, previous) => {
        const { origin, stack } = inputs;
        if (previous !== undefined) {
            await syncProduction(session, parseApplicationId(previous.id), inputs, previous.outputs);
            return { id: previous.id, outputs: { ...previous.outputs, origin, stack } };
        }
        const organization = Number(inputs.organization);
        const { edgeDomain } = await readFeatures(session.client);
        const { record, isNew } = await createOrAdopt(session, organization, inputs);
        const found = foundOf(organization, record, { origin, stack }, edgeDomain);
        if (isNew) return found;
        try {
            // of one that was there already only the origin is known for sure to be changeable
            await syncProduction(session, parseApplicationId(found.id), { ...inputs, stack: undefined }, {});
        } catch (error) {
            throw new Unfinished(foundOf(organization, record, {}, edgeDomain), error);
        }
        return found;
    },

    observe: async ({ client }, id, known) => {
        const place = parseApplicationId(id);
        const record = await findById(client, place);
        if (record === undefined) return undefined;
        const { cname, origin, stack } = known;
        const edgeDomain =
            cname === undefined
                ? (await readFeatures(client)).edgeDomain
                : edgeDomainOf(record.name.toLowerCase(), cname);
        return foundOf(place.organization, record, { origin, stack }, edgeDomain);
    },

    refuseChange: async (session, found, { isReplacement }) => {
        if (isReplacement) await refuseLiveSite(session, found.id, found.outputs.hostname);
    },

    refuseOther: async ({ client }, { id, outputs: { hostname } }) => {
        const found = await findById(client, parseApplicationId(id), { mayBeStale: true });
        refuseAnotherThing(`application ${id}`, found?.name.toLowerCase(), hostname);
    },

    remove: async (session, { id, outputs }) => {
        const { organization, application } = parseApplicationId(id);
        if (!(await refuseLiveSite(session, id, outputs.hostname))) return;
        countRemovedSite(session, id, outputs.hostname);
        await unlessGone(deleteApplication(session.client, organization, application));
    },
};
