import path from "node:path";
import {
    attachDomain,
    type Checkout,
    createEnvironment,
    deleteEnvironment,
    detachDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    type Head,
    listApplications,
    listEnvironments,
    readFeatures,
    readImages,
    withAllBranches,
    withBranch,
} from "section-client";
import {
    type EnvironmentInputs,
    environmentSchema,
    type Issue,
    isProblem,
    Problem,
    parseApplicationId,
    parseEnvironmentId,
    productionName,
    relateEnvironment,
    resourceId,
} from "section-model";
import { refuseAnotherThing } from "../../protection/another-thing";
import { refuseLive } from "../../protection/live-domains";
import { refuseOtherHead } from "../../protection/plan-expectations";
import { branchAddress, findEnvironmentRecord, findGitUrl, findHead } from "../../run/find-branch";
import { isSame } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { preflightHostname } from "../hostname-preflight";
import { type Found, type Noun, Unfinished } from "../noun";
import { condenseFiles } from "./binary-files";
import { refuseConflict } from "./conflict";
import { managesAnything, observeContent, planEdits, type RememberedContent, rememberContent } from "./content";
import { foreseeEnvironment } from "./foresee";
import { type Promoted, syncPromotion } from "./promotion";
import { promotedNow } from "./promotion-content";
import type { GoesLive } from "./promotion-preview";

interface EnvironmentOutputs extends RememberedContent {
    application: string;
    name: string;
    from?: string;
    hostname?: string;
    /** The commit the branch is at, and its tree. */
    head?: string;
    tree?: string;
    /** The commit whose content comes back when nothing is promoted any more. */
    promotedOver?: string;
    gitUrl: string;
    hostnames: { hostname: string; cname: string; engaged: boolean }[];
}

type Described = Pick<EnvironmentOutputs, "from" | "hostname" | "promotedOver"> & RememberedContent;

/** Declared inputs, and what check found out for a preview. */
type CheckedInputs = EnvironmentInputs & { goesLive?: GoesLive };

function foundOf(
    place: EnvironmentPlace,
    record: EnvironmentRecord,
    gitUrl: string,
    described: Described,
    head: Head | undefined,
): Found<EnvironmentOutputs> {
    const { organization, application, environment: name } = place;
    const at = head ?? record.head;
    const hostnames = record.domains.map(({ hostname, cname, engaged }) => ({
        hostname,
        cname,
        engaged: engaged ?? false,
    }));
    return {
        id: resourceId.environment(place),
        outputs: {
            application: resourceId.application({ organization, application }),
            name,
            ...described,
            head: at?.commit,
            tree: at?.tree,
            gitUrl,
            hostnames,
        },
    };
}

/** The environment of that name: the one that is there, or a new one. */
async function createOrAdopt(
    session: Session,
    place: EnvironmentPlace,
    { from = productionName, hostname }: EnvironmentInputs,
): Promise<EnvironmentRecord> {
    const all = await listEnvironments(session.client, place);
    const named = (wanted: string) => all.find(({ name }) => name === wanted);
    const existing = named(place.environment);
    if (existing !== undefined) return existing;
    if (place.environment === productionName)
        throw new Problem("not-found", `application ${place.organization}/${place.application} has no Production`);
    if (named(from) === undefined)
        throw new Problem(
            "invalid-input",
            `there is no ${from} in application ${place.organization}/${place.application} to copy ${place.environment} from`,
            {
                property: "from",
                remedy: "Declare that environment before this one and write `from: itsVariable.name`, so that it is made first",
            },
        );
    return createEnvironment(session.client, place, { from, hostname: hostname as string }).catch(async (error) => {
        if (!isProblem(error) || error.code !== "environment-exists") throw error;
        const record = await findEnvironmentRecord(session, place);
        if (record === undefined) throw error;
        return record;
    });
}

/** Attaches the declared hostname, and lets go of the one that was declared before. */
async function syncHostname(
    { client }: Session,
    place: EnvironmentPlace,
    record: EnvironmentRecord,
    hostname: string | undefined,
    before: string | undefined,
): Promise<EnvironmentRecord> {
    const has = (name: string) => record.domains.some((each) => each.hostname === name);
    let current = record;
    if (hostname !== undefined && !has(hostname)) current = await attachDomain(client, place, hostname);
    if (before !== undefined && before !== hostname && has(before)) {
        await detachDomain(client, place, before);
        current = { ...current, domains: current.domains.filter((each) => each.hostname !== before) };
    }
    return current;
}

/** Brings the branch to what is declared with one commit; none when it is there already. */
async function syncContent(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    inputs: CheckedInputs,
    before: EnvironmentOutputs | undefined,
): Promise<Promoted | undefined> {
    const wanted = rememberContent(inputs);
    if (!managesAnything(wanted) && (before === undefined || !managesAnything(rememberedOf(before)))) return undefined;
    const address = await branchAddress(session, place, gitUrl);
    if (inputs.promote !== undefined || before?.promote !== undefined) {
        const seen = before?.head ?? inputs.goesLive?.[inputs.promote as string]?.onto;
        return syncPromotion(place, address, inputs, {
            before,
            seen,
            refuseHead: (commit) => refuseOtherHead(session, place, commit),
        });
    }
    return withBranch(address, async (checkout) => {
        if (before !== undefined) await refuseConflict(place.environment, checkout, wanted, before);
        const edits = await planEdits(checkout, place.environment, inputs, before ?? {});
        if (edits.size === 0) return checkout.head;
        refuseOtherHead(session, place, checkout.head.commit);
        return checkout.commit(edits, `Configure ${place.environment} with Pulumi`);
    });
}

/** What the branch has of the kinds that are managed, and the commit it is at. */
async function readContent(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    known: RememberedContent & { head?: string },
) {
    const address = await branchAddress(session, place, gitUrl);
    const observe = async (checkout: Checkout) => ({
        content: await observeContent(checkout, place.environment, known),
        head: checkout.head,
    });
    const { promote } = known;
    if (promote === undefined) return withBranch(address, observe);
    return withAllBranches(address, async (branches) => {
        const { content, head } = await observe(await branches.checkOut(branches.head.commit));
        return { content: { ...content, promote: await promotedNow(branches, promote, known.head) }, head };
    });
}

function rememberedOf({
    origin,
    origins,
    proxyChain,
    ipBlacklist,
    ownership,
    promote,
    files,
    undeclared,
}: RememberedContent): RememberedContent {
    return { origin, origins, proxyChain, ipBlacklist, ownership, promote, files, undeclared };
}

function describedOf(outputs: Partial<EnvironmentOutputs>): Described {
    const { from, hostname, promotedOver } = outputs;
    return { from, hostname, promotedOver, ...rememberedOf(outputs) };
}

async function preflightImages({ client }: Session, { proxyChain = [] }: Partial<EnvironmentInputs>): Promise<Issue[]> {
    if (proxyChain.length === 0) return [];
    const images = new Set(await readImages(client));
    return proxyChain.flatMap(({ image }, index) =>
        images.has(image)
            ? []
            : [{ property: `proxyChain[${index}].image`, reason: `${image} is not an image of this platform` }],
    );
}

export const environmentNoun: Noun<EnvironmentInputs, EnvironmentOutputs> = {
    kind: "environment",
    schema: environmentSchema,
    replacesOn: ["application", "name"],
    compares: [
        "application",
        "name",
        "hostname",
        "origin",
        "origins",
        "proxyChain",
        "ipBlacklist",
        "ownership",
        "promote",
        "files",
        "undeclared",
    ],
    drifts: ["undeclared"],
    secrets: ["config"],
    condense: (inputs) =>
        inputs.config === undefined ? inputs : { ...inputs, config: condenseFiles(inputs.config as never) },
    isLive: ({ hostnames = [] }) => hostnames.some(({ engaged }) => engaged),
    remember: (inputs) => ({ ...rememberContent(inputs) }),
    relate: relateEnvironment,

    preflight: async (session, inputs, isNew) => [
        ...(isNew ? await preflightHostname(session, inputs.hostname) : []),
        ...(await preflightImages(session, inputs)),
    ],

    foresee: foreseeEnvironment,

    claims: (id, { hostname }) => [
        `environment ${id}`,
        ...(hostname === undefined ? [] : [`domain ${id}/${hostname}`]),
    ],

    ensure: async (session, inputs, previous) => {
        const place = { ...parseApplicationId(inputs.application), environment: inputs.name };
        const gitUrl = await findGitUrl(session, place);
        const record = await createOrAdopt(session, place, inputs);
        const { from, hostname } = inputs;
        try {
            const current = await syncHostname(session, place, record, hostname, previous?.outputs.hostname);
            const synced = await syncContent(session, place, gitUrl, inputs, previous?.outputs);
            const head = synced ?? (await findHead(session, place, gitUrl, current));
            return foundOf(
                place,
                current,
                gitUrl,
                { from, hostname, ...rememberContent(inputs), promotedOver: synced?.promotedOver },
                head,
            );
        } catch (error) {
            const before = previous?.outputs;
            const described: Described = before === undefined ? { from, hostname } : describedOf(before);
            const found = foundOf(
                place,
                record,
                gitUrl,
                described,
                before?.head === undefined ? undefined : { commit: before.head, tree: before.tree ?? "" },
            );
            throw new Unfinished(found, error);
        }
    },

    observe: async (session, id, known) => {
        const place = parseEnvironmentId(id);
        const record = await unlessGone(findEnvironmentRecord(session, place));
        if (record === undefined) return undefined;
        const gitUrl = await findGitUrl(session, place);
        const remembered = rememberedOf(known);
        const hostname = record.domains.some((each) => each.hostname === known.hostname) ? known.hostname : undefined;
        const isMoved = record.head === undefined || record.head.commit !== known.head;
        const isReleased = hostname !== known.hostname;
        const isUnsaid = record.head === undefined || (managesAnything(remembered) && (isMoved || isReleased));
        const seen = isUnsaid
            ? await readContent(session, place, gitUrl, { ...remembered, head: known.head })
            : undefined;
        const observed = seen === undefined ? remembered : rememberContent(seen.content);
        const { from, promotedOver } = known;
        const found = foundOf(place, record, gitUrl, { from, hostname, promotedOver, ...observed }, seen?.head);
        if (!isReleased && isSame(observed, remembered)) return found;
        const { application, name } = found.outputs;
        return { ...found, inputs: { application, name, from, hostname, promotedOver, ...seen?.content } };
    },

    refuseChange: async (session, { id, outputs: { hostname } }, { wanted, isReplacement }) => {
        if (!isReplacement && (hostname === undefined || wanted.hostname === hostname)) return;
        const place = parseEnvironmentId(id);
        if (isReplacement && place.environment === productionName) return; // it is left as it is
        const domains = (await unlessGone(findEnvironmentRecord(session, place)))?.domains ?? [];
        await refuseLive(
            session,
            place.organization,
            id,
            isReplacement ? domains : domains.filter((each) => each.hostname === hostname),
        );
    },

    refuseOther: async ({ client }, { id, outputs: { gitUrl } }) => {
        const { organization, application } = parseEnvironmentId(id);
        const applications = await unlessGone(listApplications(client, organization, { mayBeStale: true }));
        const record = applications?.find((each) => each.id === application);
        // the address of its repository ends with the hostname of the application, wherever the platform is
        const siteOf = (url: string | undefined) => url && path.posix.basename(url, ".git");
        refuseAnotherThing(`the application of environment ${id}`, siteOf(record?.gitUrl), siteOf(gitUrl));
    },

    remove: async (session, { id }) => {
        const place = parseEnvironmentId(id);
        if (place.environment === productionName) return; // it stays as long as its application, with the configuration it has
        const { client, tell } = session;
        const { extensions } = await readFeatures(client);
        if (!extensions.has("environment.delete")) {
            tell(`environment ${id} is kept: ${client.connection.endpoint} cannot delete environments`);
            return;
        }
        const record = await unlessGone(findEnvironmentRecord(session, place));
        await refuseLive(session, place.organization, id, record?.domains ?? []);
        await unlessGone(deleteEnvironment(client, place));
    },
};
