import {
    type ContentVerdict,
    type EnvironmentPlace,
    type FileEdits,
    readFeatures,
    readProxyChain,
    readStackChain,
    validateContent,
    withBranch,
} from "section-client";
import {
    type EnvironmentInputs,
    type Issue,
    isProblem,
    type Proxy,
    parseApplicationId,
    parseEnvironmentId,
    productionName,
    resourceId,
} from "section-model";
import { checkStrays, type Findings, mergeFindings } from "section-model/content";
import { branchAddress, findGitUrl } from "../../run/find-branch";
import { isSame } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { relayWarning } from "../../run/warnings";
import { defaultStack } from "../application/ensure";
import type { Sought } from "../noun";
import { rememberContent } from "./content";
import { type DeclaredFiles, readDeclaredFiles } from "./declared-files";
import { readAhead } from "./foresee-conflict";
import { checkFiles, issuesOfContent } from "./inspect-content";
import { planEdits, planKnownEdits } from "./plan-edits";

/** The declared properties that decide about files and about who reads them. */
const checkedKeys = ["config", "proxyChain", "ownership"] as const;

type Inputs = Partial<EnvironmentInputs>;

/** The edits that an `up` would make, as far as they are known. */
async function planPush(
    session: Session,
    place: EnvironmentPlace,
    inputs: Inputs,
    olds: Inputs | undefined,
    { known, hasUnnamed, paths }: DeclaredFiles,
): Promise<FileEdits> {
    const wanted = { ...inputs, ...(inputs.config && { config: known }) };
    const before = olds === undefined ? {} : rememberContent(olds);
    const plan = async () => {
        const address = await branchAddress(session, place, await findGitUrl(session, place));
        return withBranch(address, (checkout) => planEdits(checkout, place.environment, wanted, before, session));
    };
    const edits = (olds && planKnownEdits(wanted, before, session.memory)) ?? (await plan());
    // a file that is not known yet is not gone
    const isLater = (path: string) => hasUnnamed || (paths.includes(path) && !Object.hasOwn(known, path));
    return new Map([...edits].filter(([path, content]) => content !== null || !isLater(path)));
}

/** What the platform says of the branch after an `up`. Undefined: it has no such branch, or cannot say. */
async function askVerdict(
    session: Session,
    place: EnvironmentPlace,
    inputs: Inputs,
    olds: Inputs | undefined,
    files: DeclaredFiles,
): Promise<ContentVerdict | undefined> {
    if (!(await readFeatures(session.client)).extensions.has("environment.validate")) return undefined;
    const ask = async () => {
        const edits = await planPush(session, place, inputs, olds, files);
        return validateContent(session.client, place, edits).catch((error) => {
            // a token that only reads cannot ask, as the question is no GET
            if (isProblem(error) && (error.code === "body-too-large" || error.code === "forbidden")) return undefined;
            throw error;
        });
    };
    return unlessGone(ask());
}

/** The proxies that will read the files. Undefined where nobody knows them yet. */
async function findChain(
    { client }: Session,
    { application, name, from = productionName, proxyChain }: Inputs,
    { there, claimant, unknown = {} }: Sought,
): Promise<readonly Proxy[] | undefined> {
    if (proxyChain !== undefined || "proxyChain" in unknown) return proxyChain;
    const ids = [there, application && `${application}/${name}`, application && `${application}/${from}`];
    for (const id of ids) {
        const chain = id && (await unlessGone(readProxyChain(client, parseEnvironmentId(id))));
        if (chain) return chain;
    }
    const { siteStack } = claimant ?? {};
    return siteStack === undefined ? undefined : readStackChain(client, siteStack || defaultStack);
}

function placeOf({ application, name }: Inputs, there: string | undefined): EnvironmentPlace | undefined {
    if (there !== undefined) return parseEnvironmentId(there);
    if (application === undefined || name === undefined) return undefined;
    return { ...parseApplicationId(application), environment: name };
}

/**
 * Asks for a preview what a push of the declared content would be answered. Tells warnings. Where the endpoint cannot
 * say, its rules are applied here to the declared files.
 */
export async function preflightContent(
    session: Session,
    inputs: Inputs,
    olds: Inputs | undefined,
    sought: Sought,
): Promise<Issue[]> {
    const { claimant, there, unknown = {} } = sought;
    const isChanged = checkedKeys.some((key) => key in unknown || !isSame(inputs[key], olds?.[key]));
    // the push itself is checked, and a promoted commit has been
    const isOther = claimant?.isPreview === false || inputs.promote !== undefined || "promote" in unknown;
    if (isOther || !isChanged) return [];
    const declared = { ...inputs, ...("config" in unknown && { config: unknown.config as Inputs["config"] }) };
    const files = readDeclaredFiles(declared.config);
    const place = placeOf(inputs, there);
    if (place !== undefined && olds !== undefined && Object.keys(unknown).length === 0) readAhead(session, place);
    const verdict = place && (await askVerdict(session, place, declared, olds, files));
    const chain = verdict === undefined ? await findChain(session, inputs, sought) : verdict.proxychain;
    const found: Findings =
        verdict === undefined
            ? await checkFiles(session.memory, files, chain)
            : mergeFindings([verdict, ...(chain === undefined ? [] : [checkStrays(files.paths, chain)])]);
    const thing = place === undefined ? `environment ${inputs.name}` : `environment ${resourceId.environment(place)}`;
    for (const warning of found.warnings) relayWarning(session, thing, warning);
    return issuesOfContent(found.problems, files, claimant);
}
