import { readFeatures } from "section-client";
import { Problem } from "section-model";
import { type Memory, Slot } from "../run/memory";
import type { Session } from "../run/session";

const noted = new Slot(() => new Set<unknown>());

/** Remembers the platform of something that the program still declares, as the state has it. */
export function notePlatform(memory: Memory, remembered: unknown): void {
    memory.of(noted).add(remembered);
}

/** A platform as a state has it: its id, which may be empty, a space, and the host of its endpoint. */
function describePlatform({ client }: Session): Promise<string> {
    return client.once("described platform", async () => {
        const { platform } = await readFeatures(client);
        return `${platform?.id ?? ""} ${new URL(client.connection.endpoint).hostname}`;
    });
}

const partsOf = (described: string) => {
    const at = described.indexOf(" ");
    return { id: described.slice(0, at), name: described.slice(at + 1) };
};

const say = ({ id, name }: { id: string; name: string }) => (id === "" ? name : `${name} (${id})`);

/** Refuses to check or make things beside those of another platform: ids that they name are of other things here. */
export async function refuseOtherThanNotedPlatform(session: Session): Promise<string> {
    for (const remembered of session.memory.of(noted)) await refuseOtherPlatform(session, remembered);
    return describePlatform(session);
}

/**
 * Refuses a thing of another platform: ids count from 1 on each. Platforms differ by their identities; where one of the
 * two has none, by the hosts of their endpoints.
 *
 * @param remembered as the state has it; undefined when an older version has written it
 * @returns this platform, for the state
 */
export async function refuseOtherPlatform(session: Session, remembered: unknown): Promise<string> {
    const here = await describePlatform(session);
    if (typeof remembered !== "string" || session.settings.isRehearsal) return here;
    const [one, other] = [partsOf(remembered), partsOf(here)];
    const isSame = one.id !== "" && other.id !== "" ? one.id === other.id : one.name === other.name;
    if (isSame) return here;
    throw new Problem(
        "another-platform",
        `the state is of the platform at ${say(one)}, and ${session.client.connection.endpoint} is the one at ${say(other)}`,
    );
}
