import { readImages } from "section-client";
import {
    configKeys,
    type EnvironmentInputs,
    environmentSchema,
    type Issue,
    parseEnvironmentId,
    productionName,
    relateEnvironment,
} from "section-model";
import { refuseLiveDomains } from "../../protection/live-domains";
import { refuseLiveReplacement } from "../../protection/live-replacement";
import { findEnvironmentRecord } from "../../run/find-branch";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { preflightHostname } from "../hostname-preflight";
import type { Found, Noun } from "../noun";
import { condenseFiles } from "./binary-files";
import { rememberContent } from "./content";
import { ensureEnvironment } from "./ensure";
import { foreseeEnvironment } from "./foresee";
import { type EnvironmentOutputs, observeEnvironment } from "./observe";
import { removeEnvironment } from "./remove";

async function preflightImages({ client }: Session, { proxyChain = [] }: Partial<EnvironmentInputs>): Promise<Issue[]> {
    if (proxyChain.length === 0) return [];
    const images = new Set(await readImages(client));
    return proxyChain.flatMap(({ image }, index) =>
        images.has(image)
            ? []
            : [{ property: `proxyChain[${index}].image`, reason: `${image} is not an image of this platform` }],
    );
}

/** Refuses to remove hostnames that serve visitors. */
async function refuseLosses(
    session: Session,
    { id, outputs: { hostname } }: Found<EnvironmentOutputs>,
    isReplacement: boolean,
): Promise<void> {
    const place = parseEnvironmentId(id);
    if (isReplacement && place.environment === productionName) return; // Production is never removed
    const domains = (await unlessGone(findEnvironmentRecord(session, place)))?.domains ?? [];
    const lost = isReplacement ? domains : domains.filter((each) => each.hostname === hostname);
    await refuseLiveDomains(session, place.organization, id, lost);
}

export const environmentNoun: Noun<EnvironmentInputs, EnvironmentOutputs> = {
    kind: "environment",
    schema: environmentSchema,
    replacesOn: ["application", "name"],
    compares: ["application", "name", "hostname", ...configKeys, "ownership", "promote", "files", "undeclared"],
    besides: ["undeclared"],
    secrets: ["config"],
    condense: {
        inputs: (inputs, memory) =>
            inputs.config === undefined ? inputs : { ...inputs, config: condenseFiles(inputs.config as never, memory) },
        outputs: (inputs) => ({ ...rememberContent(inputs) }),
    },

    relate: relateEnvironment,

    preflight: async (session, inputs, isNew) => [
        ...(isNew ? await preflightHostname(session, inputs.hostname) : []),
        ...(await preflightImages(session, inputs)),
    ],

    foresee: foreseeEnvironment,

    judgeChange: async (open, found, { wanted, replaces }) => {
        const { id, outputs } = found;
        const { hostname, hostnames = [] } = outputs;
        const isReplacement = replaces.length > 0;
        if (isReplacement && hostnames.some(({ engaged }) => engaged)) refuseLiveReplacement(open(), id, replaces);
        const isReleased = hostname !== undefined && wanted.hostname !== hostname;
        if (isReplacement || isReleased)
            await unlessSilent(open(), `environment ${id}`, refuseLosses(open(), found, isReplacement));
        return {};
    },

    claims: (id, { hostname }) => [
        `environment ${id}`,
        ...(hostname === undefined ? [] : [`domain ${id}/${hostname}`]),
    ],

    observe: observeEnvironment,
    ensure: ensureEnvironment,
    remove: removeEnvironment,
};
