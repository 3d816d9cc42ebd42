import {
    type ApplicationPlace,
    type ApplicationRecord,
    createApplication,
    listApplications,
    readFeatures,
    readOriginAddress,
    setOriginAddress,
    setStack,
} from "section-client";
import { type ApplicationInputs, isProblem, Problem, parseApplicationId, productionName } from "section-model";
import { type Hold, refuseHeld } from "../../protection/hold";
import { noteMade } from "../../protection/made-things";
import { noteOwnMove } from "../../protection/plan-expectations";
import type { Session } from "../../run/session";
import { noteSite } from "../declared-site";
import type { IsOwnPlace } from "../hostname-preflight";
import { type Found, Unfinished } from "../noun";
import { takeHostname } from "../take-hostname";
import { type ApplicationOutputs, foundApplication } from "./observe";

/** The stack of a new site whose declaration names none. */
export const defaultStack = "varnish-6.3-basic";

export async function findByHostname(
    { client }: Session,
    organization: number,
    hostname: string,
): Promise<ApplicationRecord | undefined> {
    return (await listApplications(client, organization)).find(({ name }) => name.toLowerCase() === hostname);
}

/** Creates the application, or adopts the one of the same hostname in the same organization. */
async function createOrAdopt(
    session: Session,
    organization: number,
    { hostname, origin, stack }: ApplicationInputs,
    hold: Hold | undefined,
): Promise<{ record: ApplicationRecord; isNew: boolean }> {
    const isOwnPlace: IsOwnPlace = ({ place, namesApplication }) =>
        namesApplication && place.organization === organization;
    try {
        return {
            record: await takeHostname(session, hostname, { hold, isOwnPlace }, (takesFrom) =>
                createApplication(session.client, organization, {
                    hostname,
                    origin,
                    stack: stack ?? defaultStack,
                    claim: hold?.claim,
                    takesFrom,
                }),
            ),
            isNew: true,
        };
    } catch (error) {
        if (!isProblem(error) || error.status < 400 || error.status >= 500) throw error;
        const record = await findByHostname(session, organization, hostname);
        if (record === undefined) throw error;
        return { record, isNew: false };
    }
}

/** Applies changes of origin and stack to Production, as commits of the caller. */
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

/** The changes of an existing application that a declaration makes and that nothing else shows, one line each. */
export async function foreseeAdoption(
    { client, memory }: Session,
    id: string,
    { origin }: Pick<ApplicationInputs, "origin">,
): Promise<string[]> {
    if (origin === undefined) return [];
    const before = await readOriginAddress(client, { ...parseApplicationId(id), environment: productionName });
    noteSite(memory, id, { origin }, before === origin ? [] : ["origin"]);
    return before === origin ? [] : [`origin: ${before} -> ${origin}`];
}

export async function ensureApplication(
    session: Session,
    inputs: ApplicationInputs,
    previous?: Found<ApplicationOutputs>,
    hold?: Hold,
): Promise<Found<ApplicationOutputs>> {
    const { origin, stack } = inputs;
    if (previous !== undefined) {
        await syncProduction(session, parseApplicationId(previous.id), inputs, previous.outputs);
        return { id: previous.id, outputs: { ...previous.outputs, origin, stack } };
    }
    const organization = Number(inputs.organization);
    const { edgeDomain } = await readFeatures(session.client);
    const { record, isNew } = await createOrAdopt(session, organization, inputs, hold);
    const found = foundApplication(organization, record, { origin, stack }, edgeDomain);
    if (isNew) noteMade(session.memory, found.id);
    if (isNew) return found;
    // it may have been made in the last seconds, by another stack
    if (hold !== undefined && (await foreseeAdoption(session, found.id, inputs)).length > 0)
        refuseHeld("application", found.id, hold, record.claim);
    try {
        // every endpoint can change the origin of an existing application, but not every one its stack
        await syncProduction(session, parseApplicationId(found.id), { ...inputs, stack: undefined }, {});
    } catch (error) {
        throw new Unfinished(foundApplication(organization, record, {}, edgeDomain), error);
    }
    return found;
}
