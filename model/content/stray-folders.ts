import { nearestName } from "../nearest-name";
import { type Proxy, reservedFolders } from "../proxy-chain";

/** A folder of files that no proxy reads. */
export interface StrayFolder {
    folder: string;
    /** Its first file. */
    file: string;
    /** The folder that its author has probably meant. */
    meant?: string;
}

const withoutDigits = (name: string) => name.replaceAll(/\d/g, "");

/** True for a name that somebody makes on purpose from another one, such as `varnish2` or `varnish-old`. */
function isMadeFrom(name: string, other: string): boolean {
    const rest = name.startsWith(other) ? name.slice(other.length) : "";
    return rest.length > 1 || /^[\d_.-]/.test(rest) || withoutDigits(name) === withoutDigits(other);
}

/** More are not read by a person, and each is compared with every known name. */
const mostStrays = 100;

/**
 * The first folders that belong to no proxy of the chain. Files at the root, and folders that begin with a dot, belong
 * to whoever works with the repository.
 */
export function findStrayFolders(paths: Iterable<string>, chain: readonly Pick<Proxy, "name">[]): StrayFolder[] {
    const known = [...chain.map(({ name }) => name), ...reservedFolders.filter((name) => !name.includes("."))];
    const strays = new Map<string, StrayFolder>();
    for (const file of paths) {
        if (strays.size === mostStrays) break;
        const end = file.indexOf("/");
        const folder = file.slice(0, end);
        if (end === -1 || folder.startsWith(".") || known.includes(folder) || strays.has(folder)) continue;
        const candidates = known.filter((name) => !isMadeFrom(folder, name));
        const meant = nearestName(folder, candidates, 2);
        strays.set(folder, { folder, file, ...(meant !== undefined && { meant }) });
    }
    return [...strays.values()];
}
