import type { Properties } from "pulumi-section/internal";
import { type ConfigReader, explicitPrefix, kindOfProviderText } from "pulumi-section/internal";
import { Problem } from "section-model";
import { runEngine } from "./engine";
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
    /** Whose settings it is managed with. */
    provider: string;
    /** Where in the inputs the program has secrets. */
    secrets: readonly (readonly string[])[];
    /** The program's file that declares it, where the engine noted it. */
    noted?: string;
}

export interface State {
    resources: StateResource[];
    /** Settings of the providers that the program made itself. */
    explicit: ReadonlyMap<string, ConfigReader>;
}

interface Frame {
    sourcePosition?: string;
}

interface Recorded {
    urn: string;
    type: string;
    id?: string;
    inputs?: Properties;
    outputs?: Properties;
    provider?: string;
    delete?: boolean;
    external?: boolean;
    stackTrace?: Frame[];
    sourcePosition?: string;
}

const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A value without the engine's wrapping of secrets. `secrets` gets the paths that had it. */
function unwrap(value: unknown, path: readonly string[], secrets: (readonly string[])[]): unknown {
    if (Array.isArray(value)) {
        const within: (readonly string[])[] = [];
        const items = value.map((item) => unwrap(item, path, within));
        if (within.length > 0) secrets.push(path); // places in a list do not last, so all of it is one
        return items;
    }
    if (typeof value !== "object" || value === null) return value;
    if ((value as Properties)[signature] === secretSignature) {
        secrets.push(path);
        return unwrap(JSON.parse(String((value as Properties).plaintext)), path, []);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, [...path, key], secrets)]));
}

function nameOf(urn: string): string {
    return urn.split("::").pop() ?? urn;
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
    const kind = kindOfProviderText(String(recorded.inputs?.__provider));
    const { urn, id, provider = "", external, delete: isLeaving } = recorded;
    if (kind === undefined || kind === "guard" || id === undefined || external || isLeaving) return []; // a guard is of the program, not of the platform
    const secrets: (readonly string[])[] = [];
    const inputs = unwrap(recorded.inputs, [], secrets) as Properties;
    const outputs = unwrap(recorded.outputs, [], []) as Properties;
    return [{ urn, name: nameOf(urn), kind, id, inputs, outputs, provider, secrets, noted: fileOf(recorded) }];
}

function explicitProvider({ urn, id, type, inputs = {} }: Recorded): [string, ConfigReader][] {
    if (
        type !== "pulumi:providers:pulumi-nodejs" ||
        !Object.keys(inputs).some((key) => key.startsWith(`${explicitPrefix}:`))
    )
        return [];
    const settings = unwrap(inputs, [], []) as Properties;
    const get = (key: string) => (settings[key] === undefined ? undefined : String(settings[key]));
    return [[`${urn}::${id}`, { get }]];
}

/** What the engine remembers of a stack, secrets in clear. Nothing is changed by looking. */
export async function readState({ stack, cwd }: StackChoice = {}): Promise<State> {
    const { code, stdout, stderr } = await runEngine(
        ["stack", "export", "--show-secrets", ...stackArguments({ stack })],
        { cwd },
    );
    if (code !== 0) {
        const words = stderr.trim().replace(/^error: /, "");
        throw new Problem("invalid-input", `the state of the stack cannot be read: ${words}`, {
            remedy: "Run it in the folder of the program, and name a stack with --stack or select one",
        });
    }
    const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: Recorded[] } };
    const recorded = deployment?.resources ?? [];
    return { resources: recorded.flatMap(resourceOf), explicit: new Map(recorded.flatMap(explicitProvider)) };
}
