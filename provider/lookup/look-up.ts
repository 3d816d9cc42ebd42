import type { Client } from "section-client";
import { type GraphApplication, type GraphOrganization, graphPath, readGraph } from "section-client";
import { Problem } from "section-model";

export interface PlacedApplication {
    organization: number;
    application: GraphApplication;
}

export function applicationsOf(graph: readonly GraphOrganization[]): PlacedApplication[] {
    return graph.flatMap(({ id, applications }) =>
        applications.map((application) => ({ organization: id, application })),
    );
}

/**
 * Returns the result of `find` on the graph. Look-ups within a few seconds share one reading of it. A missing object
 * may be newer than that reading, so the graph is read again before the object counts as missing.
 */
export async function lookUp<T>(
    client: Client,
    subject: string,
    find: (graph: GraphOrganization[]) => Promise<T | undefined> | T | undefined,
): Promise<T> {
    const wasShared = client.hasRead(graphPath);
    const reading = readGraph(client);
    const found = await find(await reading);
    if (found !== undefined) return found;
    if (!wasShared) throw new Problem("not-found", `there is no ${subject} that this token can see`);
    client.forget(graphPath, reading);
    return lookUp(client, subject, find);
}
