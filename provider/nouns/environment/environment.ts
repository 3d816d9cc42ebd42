import { readImages } from "section-client";
import {
    configKeys,
    type EnvironmentInputs,
    environmentSchema,
    type Issue,
    nearestName,
    Problem,
    parseEnvironmentId,
    problems,
    productionName,
    relateEnvironment,
    resourceId,
} from "section-model";
import { type CheckedHostname, foreseeLive } from "../../protection/live-domains";
import { refuseLiveReplacement } from "../../protection/live-replacement";
import { findEnvironmentRecord } from "../../run/find-branch";
import { isHostnameDeclared, isPartlyKnown } from "../../run/program-hostnames";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { checkAgainstSite, refuseAgainstSite } from "../declared-site";
import { canHandOver, isSought, preflightHostname } from "../hostname-preflight";
import type { Found, Noun } from "../noun";
import { preflightHolder } from "../refuse-gone";
import { condenseFiles } from "./binary-files";
import { rememberContent } from "./content";
import { declareEnvironment } from "./declare";
import { ensureEnvironment } from "./ensure";
import { foreseeEnvironment } from "./foresee";
import { foreseeConflict } from "./foresee-conflict";
import { inspectContent } from "./inspect-content";
import { type EnvironmentOutputs, observeEnvironment } from "./observe";
import { preflightContent } from "./preflight-content";
import { resolvePromote } from "./promotion-target";
import { removeEnvironment } from "./remove";
import { settlePromote } from "./seen-head";

async function preflightImages({ client }: Session, { proxyChain = [] }: Partial<EnvironmentInputs>): Promise<Issue[]> {
    if (proxyChain.length === 0) return [];
    const images = await readImages(client);
    return proxyChain.flatMap(({ image }, index) => {
        if (images.includes(image)) return [];
        const meant = nearestName(image, images, 2);
        const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
        return [{ property: `proxyChain[${index}].image`, reason: `${image} is not an image of this platform${hint}` }];
    });
}

/** The hostnames that are attached now, or at the last look where the platform does not answer. */
async function listAttached(
    session: Session,
    { id, outputs: { hostnames = [] } }: Found<EnvironmentOutputs>,
): Promise<readonly CheckedHostname[]> {
    const look = async () => (await unlessGone(findEnvironmentRecord(session, parseEnvironmentId(id))))?.domains ?? [];
    return (await unlessSilent(session, `environment ${id}`, look())) ?? hostnames;
}

/** Refuses to lose hostnames that serve visitors. */
async function refuseLosses(
    session: Session,
    found: Found<EnvironmentOutputs>,
    replaces: readonly string[],
): Promise<void> {
    const { id, outputs } = found;
    const place = parseEnvironmentId(id);
    const isReplacement = replaces.length > 0;
    if (session.settings.allowLiveDelete) return;
    if (isReplacement && place.environment === productionName) return; // Production is never removed
    // what another resource declares is handed over, live or not
    const domains = (await listAttached(session, found)).filter(
        (each) => !isHostnameDeclared(session.memory, each.hostname),
    );
    if (isReplacement) return refuseLiveReplacement(session, { id, place, domains }, replaces);
    const lost = domains.filter(({ hostname }) => hostname === outputs.hostname);
    const [live] = await foreseeLive(session, `environment ${id}`, place, lost);
    if (live === undefined) return;
    const first = `If another resource of this program gets ${live}, name that one in the option dependsOn of this one, so that it takes it first. `;
    throw new Problem("live-protected", `${id} serves visitors under ${live}`, {
        remedy: `${isPartlyKnown(session.memory) ? first : ""}${problems["live-protected"].remedy}`,
    });
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
            // a text in place of the files: they are not known yet
            typeof inputs.config !== "object"
                ? inputs
                : { ...inputs, config: condenseFiles(inputs.config as never, memory) },
        outputs: (inputs) => ({ ...rememberContent(inputs) }),
    },

    inspect: async (declared, told) => [
        ...checkAgainstSite(told.memory, declared),
        ...(await inspectContent(declared, told)),
    ],
    settle: settlePromote,
    resolve: resolvePromote,
    relate: relateEnvironment,

    preflight: async (session, inputs, olds, sought) => {
        const issues = [
            ...(olds?.hostname === inputs.hostname
                ? []
                : await preflightHostname(
                      session,
                      inputs.hostname,
                      ({ place }) =>
                          inputs.application === undefined
                              ? isSought(sought, resourceId.environment(place))
                              : resourceId.environment(place) === `${inputs.application}/${inputs.name}`,
                      sought.hold,
                  )),
            ...(await preflightImages(session, inputs)),
            ...(await preflightContent(session, inputs, olds, sought)),
        ];
        if (olds === undefined && issues.length === 0) await preflightHolder(session, inputs.application, sought);
        return issues;
    },

    foresee: foreseeEnvironment,

    judgeChange: async (open, found, { wanted, keys, replaces, memory }) => {
        refuseAgainstSite(memory, wanted);
        if (keys.length > 0 && replaces.length === 0)
            await unlessSilent(open(), `environment ${found.id}`, foreseeConflict(open(), found, wanted));
        const { hostname } = found.outputs;
        const isReleased = hostname !== undefined && wanted.hostname !== hostname;
        if (replaces.length > 0 || isReleased) await refuseLosses(open(), found, replaces);
        return { isTakenOver: replaces.length > 0 && (await canHandOver(open())) };
    },

    claims: (id, { hostname }) => [
        `environment ${id}`,
        ...(hostname === undefined ? [] : [`domain ${id}/${hostname}`]),
    ],

    observe: observeEnvironment,
    declare: declareEnvironment,
    ensure: ensureEnvironment,
    remove: removeEnvironment,
};
