import type { Properties } from "pulumi-section/internal";
import {
    type ConfigReader,
    explicitPrefix,
    isDefaultProvider,
    isOfEngine,
    nameOfUrn,
    providerTypes,
    splitUrn,
    type UrnParts,
} from "pulumi-section/internal";
import { runEngine } from "./engine";
import { engineRefusal } from "./engine-refusal";
import { secretSignature, signatureKey } from "./engine-value";
import { kindOfRecorded } from "./recorded-kind";
import { type StackChoice, stackArguments } from "./stack-config";

/** One of our resources as the engine remembers it. */
export interface StateResource {
    urn: string;
    /** Its name in the program. */
    name: string;
    /** As `pulumi-section/dynamic` exports it. */
    kind: string;
    id: string;
    inputs: Properties;
    outputs: Properties;
    /** The provider whose settings manage it. */
    provider: string;
    /** Paths of the secrets in the inputs. */
    secrets: readonly (readonly string[])[];
    /** The program's file that declares it, where the engine noted it. */
    noted?: string;
}

export interface State {
    resources: StateResource[];
    /** Settings of the providers that the program made itself. */
    explicit: ReadonlyMap<string, ConfigReader>;
    /** Undefined while the stack has nothing at all. */
    owner?: Pick<UrnParts, "project" | "stack">;
    /** Ids of the claims of all resources, of those that are to be deleted as well -> the names of the resources. */
    claims: ReadonlyMap<string, string>;
    /** Names of resources that an operation is making or changing, or was when it was killed. */
    begun: ReadonlySet<string>;
    /** Resources of other providers, whose things nobody finds again without the state. */
    foreign: readonly Pick<UrnParts, "type" | "name">[];
    /** When it was saved, as ISO 8601. */
    savedAt?: string;
}

interface Deployment {
    manifest?: { time?: string };
    resources?: Recorded[];
    pending_operations?: { resource: Recorded }[];
}

interface Frame {
    sourcePosition?: string;
}

interface Recorded {
    urn: string;
    type: string;
    custom?: boolean;
    id?: string;
    inputs?: Properties;
    outputs?: Properties;
    provider?: string;
    delete?: boolean;
    external?: boolean;
    stackTrace?: Frame[];
    sourcePosition?: string;
}

/** A value without the engine's wrapping of secrets. `secrets` gets the paths that had it. */
function unwrap(value: unknown, path: readonly string[], secrets: (readonly string[])[]): unknown {
    if (Array.isArray(value)) {
        const within: (readonly string[])[] = [];
        const items = value.map((item) => unwrap(item, path, within));
        if (within.length > 0) secrets.push(path); // places in a list do not last, so all of it is one
        return items;
    }
    if (typeof value !== "object" || value === null) return value;
    if ((value as Properties)[signatureKey] === secretSignature) {
        secrets.push(path);
        return unwrap(JSON.parse(String((value as Properties).plaintext)), path, []);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, [...path, key], secrets)]));
}

/** The innermost of the program's own files; ours and the libraries' are none. */
function fileOf({ stackTrace = [], sourcePosition }: Recorded): string | undefined {
    const places = [{ sourcePosition }, ...stackTrace].map((frame) =>
        /^project:\/\/\/(.+)#/.exec(frame.sourcePosition ?? ""),
    );
    const own = places.find((match) => match !== null && !/(^|\/)(\.\.|node_modules)\//.test(match[1] ?? ""));
    return own?.[1];
}

function resourceOf(recorded: Recorded): StateResource[] {
    const kind = kindOfRecorded(recorded);
    const { urn, id, provider = "", external, delete: isLeaving } = recorded;
    // a guard is of the program, not of the platform
    if (kind === undefined || kind === "guard" || id === undefined || external || isLeaving) return [];
    const secrets: (readonly string[])[] = [];
    const inputs = unwrap(recorded.inputs, [], secrets) as Properties;
    const outputs = unwrap(recorded.outputs, [], []) as Properties;
    return [{ urn, name: nameOfUrn(urn), kind, id, inputs, outputs, provider, secrets, noted: fileOf(recorded) }];
}

/** The settings of a `section.Provider` by the keys that dynamic resources know. Undefined for other providers. */
function explicitSettings({ urn, type, inputs = {} }: Recorded): Properties | undefined {
    const settings = unwrap(inputs, [], []) as Properties;
    const isOurs = Object.keys(settings).some((key) => key.startsWith(`${explicitPrefix}:`));
    if (type === providerTypes.dynamic) return isOurs ? settings : undefined;
    if (type !== providerTypes.plugin || isDefaultProvider(urn)) return undefined;
    return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${explicitPrefix}:${key}`, value]));
}

function explicitProvider(recorded: Recorded): [string, ConfigReader][] {
    const settings = explicitSettings(recorded);
    if (settings === undefined) return [];
    const get = (key: string) => (settings[key] === undefined ? undefined : String(settings[key]));
    return [[`${recorded.urn}::${recorded.id}`, { get }]];
}

function foreignOf(recorded: Recorded): Pick<UrnParts, "type" | "name">[] {
    const { urn, type, custom = false, external = false } = recorded;
    // what is only looked up is found again
    if (!custom || external || isOfEngine(type) || kindOfRecorded(recorded) !== undefined) return [];
    return [{ type, name: nameOfUrn(urn) }];
}

/**
 * The membership of an organization's maker has the claim of the organization, and Production that of its application:
 * the claim names what comes first in the state. What is to be deleted gives way to what stays.
 */
function claimsOf(recorded: readonly Recorded[]): State["claims"] {
    const byPlace = [...recorded].sort((one, other) => Number(one.delete === true) - Number(other.delete === true));
    const named = byPlace.flatMap(({ urn, outputs }): [string, string][] =>
        outputs?.__claim ? [[String(outputs.__claim), nameOfUrn(urn)]] : [],
    );
    return new Map(named.reverse()); // the first one counts
}

/** Reads the state of a stack, secrets in clear. Changes nothing. */
export async function readState({ stack, cwd }: StackChoice = {}): Promise<State> {
    const exported = await runEngine(["stack", "export", "--show-secrets", ...stackArguments({ stack })], { cwd });
    if (exported.code !== 0) throw engineRefusal("the state of the stack cannot be read", exported);
    const { deployment } = JSON.parse(exported.stdout) as { deployment?: Deployment };
    const recorded = deployment?.resources ?? [];
    const begun = (deployment?.pending_operations ?? []).map(({ resource }) => resource);
    const [first] = [...recorded, ...begun];
    return {
        resources: recorded.flatMap(resourceOf),
        explicit: new Map(recorded.flatMap(explicitProvider)),
        ...(first && { owner: splitUrn(first.urn) }),
        claims: claimsOf(recorded),
        begun: new Set(begun.map(({ urn }) => nameOfUrn(urn))),
        foreign: [...recorded, ...begun].flatMap(foreignOf),
        ...(deployment?.manifest?.time && { savedAt: deployment.manifest.time }),
    };
}
