import { z } from "zod";
import type { Client } from "./client";
import { type EnvironmentPlace, type EnvironmentRecord, environmentPath, environmentSchema, environmentsPath } from "./environments";

const domainPath = (place: EnvironmentPlace, hostname: string) => `${environmentPath(place)}/domain/${hostname}`;

/** Attaches a hostname; one that is attached to this environment already is fine. */
export async function attachDomain(client: Client, place: EnvironmentPlace, hostname: string): Promise<EnvironmentRecord> {
    return client.write("POST", domainPath(place, hostname), { answer: environmentSchema, forgets: [environmentsPath(place)] });
}

export async function detachDomain(client: Client, place: EnvironmentPlace, hostname: string): Promise<void> {
    await client.write("DELETE", domainPath(place, hostname), { forgets: [environmentsPath(place)] });
}

/** Every hostname of an organization. */
export async function listHostnames(client: Client, organization: number): Promise<string[]> {
    const domains = await client.read(`/account/${organization}/domains`, z.array(z.looseObject({ domain_name: z.string() })));
    return domains.map(({ domain_name }) => domain_name.toLowerCase());
}
