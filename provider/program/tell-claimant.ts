import { writeClaimant } from "../run/claimant";
import type { Kind } from "../run/resource-kind";
import { describeContent } from "./declared-content";
import { describeHostnames } from "./hostname-list";
import { describeStack } from "./program";

interface Declaration {
    kind: Kind;
    name: string;
    place: string | undefined;
    adopt: boolean | undefined;
    args: Record<string, unknown>;
}

/** What check has to know about a declaration, in the text that carries it. A part of it is known only later. */
export async function tellClaimant({ kind, name, place, adopt, args }: Declaration): Promise<string> {
    const { secretFiles, ...content } = describeContent(kind, args);
    const known = { ...describeStack(), resource: name, place, ...(adopt && { adopt: true as const }), ...content };
    const hostnames = describeHostnames();
    return writeClaimant({ ...known, hostnames: await hostnames, secretFiles: await secretFiles });
}
