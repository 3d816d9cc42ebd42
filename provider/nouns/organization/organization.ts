import {
    createOrganization,
    createOrganizationWithSite,
    deleteOrganization,
    isHostnameTaken,
    listApplications,
    listOrganizations,
    type OrganizationRecord,
    readFeatures,
    renameOrganization,
} from "section-client";
import {
    type Issue,
    isProblem,
    type NewClaim,
    type OrganizationInputs,
    organizationSchema,
    Problem,
    parseOrganizationId,
    resourceId,
} from "section-model";
import { noteArrival } from "../../protection/arrived-things";
import { countDeletion } from "../../protection/count-deletions";
import { noteMade } from "../../protection/made-things";
import { refuseAnotherThing } from "../../protection/refuse-another-thing";
import { refuseLostOrganization } from "../../protection/unseen-organization";
import type { Session } from "../../run/session";
import { isGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { findHostnameSource, saySource } from "../hostname-source";
import { tellMissingOrigin } from "../missing-origin";
import type { Found, Noun } from "../noun";

type OrganizationOutputs = OrganizationInputs;

function foundOf(
    { id, name }: OrganizationRecord,
    firstSite: OrganizationOutputs["firstSite"],
): Found<OrganizationOutputs> {
    return { id: resourceId.organization({ organization: id }), outputs: { name, ...(firstSite && { firstSite }) } };
}

/**
 * The organization of that name that has the caller as admin, if there is just one.
 *
 * @param claim beats others of the name: the organization that has it is meant
 */
async function findByName({ client }: Session, name: string, claim?: string): Promise<OrganizationRecord | undefined> {
    const named = (await listOrganizations(client)).filter((each) => each.name === name && each.isAdmin);
    const own = named.find((each) => claim !== undefined && each.claim?.id === claim);
    if (own !== undefined) return own;
    if (named.length < 2) return named[0];
    throw new Problem(
        "invalid-input",
        `there are ${named.length} organizations named ${name}: ${named.map(({ id }) => id).join(", ")}`,
        {
            remedy: "Use Organization.get with the id of the one you mean, or rename the others",
        },
    );
}

async function create(
    { client }: Session,
    { name, firstSite }: OrganizationInputs,
    claim: NewClaim | undefined,
): Promise<OrganizationRecord> {
    const { extensions } = await readFeatures(client);
    if (firstSite !== undefined) return createOrganizationWithSite(client, name, firstSite, claim);
    if (extensions.has("account.create")) return createOrganization(client, name, claim);
    throw new Problem(
        "unsupported",
        `${client.connection.endpoint} makes an organization together with its first site only`,
        {
            remedy: "Declare firstSite: { hostname, origin }",
        },
    );
}

async function rename({ client }: Session, id: number, name: string): Promise<void> {
    const { extensions } = await readFeatures(client);
    if (!extensions.has("account.rename"))
        throw new Problem("unsupported", `${client.connection.endpoint} cannot rename an organization`, {
            remedy: "Keep the old name, or ask support to rename it",
        });
    await renameOrganization(client, id, name);
}

async function refuseOtherOrganization(
    { client }: Session,
    { id, outputs: { name } }: Found<OrganizationOutputs>,
): Promise<void> {
    const { organization } = parseOrganizationId(id);
    const records = await listOrganizations(client, { mayBeStale: true });
    refuseAnotherThing(`organization ${id}`, records.find((each) => each.id === organization)?.name, name);
}

/** Mistakes of the first site, which is made with the organization. An existing organization needs none. */
async function preflightFirstSite(
    session: Session,
    { name, firstSite }: Partial<OrganizationInputs>,
): Promise<Issue[]> {
    if (name === undefined || firstSite === undefined || (await findByName(session, name)) !== undefined) return [];
    const { hostname, origin } = firstSite;
    if (!(await isHostnameTaken(session.client, hostname))) {
        if (origin === undefined) await tellMissingOrigin(session, hostname);
        return [];
    }
    const source = await findHostnameSource(session, hostname);
    const reason =
        source === undefined
            ? `${hostname} is in use on this platform; choose another one, or ask support when you own it`
            : `${hostname} is attached to ${saySource(source)}; take it out there first, or leave firstSite away and declare the site as an Application`;
    return [{ property: "firstSite.hostname", reason }];
}

export const organizationNoun: Noun<OrganizationInputs, OrganizationOutputs> = {
    kind: "organization",
    schema: organizationSchema,
    replacesOn: [],
    compares: ["name"],

    preflight: async (session, inputs, olds) => (olds === undefined ? preflightFirstSite(session, inputs) : []),

    judgeChange: async (open, { id, outputs }, { keys }) => {
        if (keys.length > 0)
            await unlessSilent(open(), `organization ${id}`, refuseLostOrganization(open(), id, outputs));
        return {};
    },

    observe: async ({ client }, id, known) => {
        const { organization } = parseOrganizationId(id);
        const record = (await listOrganizations(client)).find((each) => each.id === organization);
        if (record === undefined) return undefined;
        const hasDrifted = known.name !== undefined && known.name !== record.name;
        const found = foundOf(record, known.firstSite);
        return { ...found, ...(hasDrifted && { inputs: { ...found.outputs } }) };
    },

    locate: async (session, { name }) => {
        const record = name === undefined ? undefined : await findByName(session, name);
        return record && resourceId.organization({ organization: record.id });
    },

    ensure: async (session, inputs, previous, hold) => {
        const records = await listOrganizations(session.client);
        const known =
            previous && records.find(({ id }) => resourceId.organization({ organization: id }) === previous.id);
        if (previous !== undefined && known === undefined)
            await refuseLostOrganization(session, previous.id, previous.outputs);
        const { claim } = hold ?? {};
        const found = known ?? (await findByName(session, inputs.name, claim?.id));
        const record = found ?? (await create(session, inputs, claim));
        if (found === undefined)
            noteMade(session.memory, String(record.id), inputs.firstSite === undefined ? "empty" : "filled");
        if (previous === undefined) noteArrival(session.memory, `organization ${record.id}`);
        if (record.name !== inputs.name) await rename(session, record.id, inputs.name);
        return foundOf({ ...record, name: inputs.name }, inputs.firstSite);
    },

    remove: async (session, found, claim) => {
        await refuseOtherOrganization(session, found);
        const { client, tell } = session;
        const { id, outputs } = found;
        const { organization } = parseOrganizationId(id);
        const { extensions } = await readFeatures(client);
        if (!extensions.has("account.delete")) {
            tell(
                `organization ${outputs.name} (${id}) is kept: ${client.connection.endpoint} cannot delete organizations; ask support`,
            );
            return;
        }
        try {
            await countDeletion(session, `organization ${outputs.name} (${id})`, () =>
                deleteOrganization(client, organization, claim),
            );
        } catch (error) {
            if (isGone(error)) return;
            if (!isProblem(error) || error.code !== "account-not-empty") throw error;
            const left = (await listApplications(client, organization)).map(({ name }) => name).join(", ");
            throw new Problem(
                "account-not-empty",
                `${outputs.name} still has applications that this stack does not manage: ${left}`,
                {
                    remedy: "Delete them, or declare them as Application and destroy again, or keep the organization with the option retainOnDelete",
                    cause: error,
                },
            );
        }
    },
};
