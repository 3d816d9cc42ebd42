import { type EnvironmentBlock, type FileOrigin, type NamedOrigin, originKeys } from "section-model";

/** Keys that the API shows beside the origins and the file keeps inside `origin`. */
const sharedKeys = [
    "remove_request_headers",
    "enable_sni",
    "upstream_response_timeout_seconds",
    "verify_certificate",
    "proxy_acme_challenge",
] as const satisfies (keyof NamedOrigin)[];

type SharedKey = (typeof sharedKeys)[number];
const isShared = (key: keyof NamedOrigin): key is SharedKey => sharedKeys.some((shared) => shared === key);
const ownKeys = Object.values(originKeys).filter((key) => !isShared(key));

/** The part that the API shows for each origin. */
export type EgressOrigin = Omit<NamedOrigin, SharedKey>;

/** The part that it shows once for all of them. */
export type SharedEgress = Pick<NamedOrigin, SharedKey>;

/** The origins that an environment's requests go to, as the API shows them. */
export type Egress = SharedEgress & { origins: { default: EgressOrigin } & Record<string, EgressOrigin> };

/** The given keys of an object in the file. Pushes with wrong types there were refused. */
function pick<T>(from: Record<string, unknown>, keys: readonly (keyof T & string)[]): T {
    return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as T;
}

/** Puts known keys over a file's origin: given ones are set, missing ones removed, unknown ones and the order kept. */
function overlay(previous: FileOrigin, keys: readonly string[], values: Record<string, unknown>): FileOrigin {
    const file: FileOrigin = { ...previous };
    for (const key of keys) {
        if (values[key] === undefined) delete file[key];
        else file[key] = values[key];
    }
    return file;
}

/** The API's view of an environment's block. */
export function egressOfBlock(block: EnvironmentBlock): Egress {
    const origin = block.origin ?? {};
    const alternates = Object.entries(block.alternate_origins ?? {}).map(
        ([name, file]) => [name, pick<EgressOrigin>(file, ownKeys)] as const,
    );
    return {
        origins: { default: pick<EgressOrigin>(origin, ownKeys), ...Object.fromEntries(alternates) },
        ...pick<SharedEgress>(origin, sharedKeys),
    };
}

/** Writes the API's view back into the block. */
export function egressToBlock(egress: Egress, block: EnvironmentBlock): EnvironmentBlock {
    const { default: main, ...others } = egress.origins;
    const origin = overlay(block.origin ?? {}, [...ownKeys, ...sharedKeys], {
        ...main,
        ...pick<SharedEgress>(egress, sharedKeys),
    });
    const alternates = Object.entries(others).map(
        ([name, known]) => [name, overlay(block.alternate_origins?.[name] ?? {}, ownKeys, known)] as const,
    );
    const next: EnvironmentBlock = { ...block, origin };
    if (alternates.length > 0) next.alternate_origins = Object.fromEntries(alternates);
    else delete next.alternate_origins;
    return next;
}
