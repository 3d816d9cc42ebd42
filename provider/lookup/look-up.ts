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

const seen = new WeakMap<Client, Promise<GraphOrganization[]>>();

/**
 * What `find` finds in the graph, which all look-ups of the same seconds share. What is not there may have been made
 * since it was read, so it is read once more before it is said to be missing.
 */
export async function lookUp<T>(
    client: Client,
    subject: string,
    find: (graph: GraphOrganization[]) => Promise<T | undefined> | T | undefined,
): Promise<T> {
    const reading = readGraph(client);
    const wasShared = seen.get(client) === reading;
    seen.set(client, reading);
    const found = await find(await reading);
    if (found !== undefined) return found;
    if (!wasShared) throw new Problem("not-found", `there is no ${subject} that this token can see`);
    if (seen.get(client) === reading) client.forget(graphPath);
    return lookUp(client, subject, find);
}
