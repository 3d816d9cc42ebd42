import type { Declared } from "./declaration";
import type { History } from "./history";

/** Somebody makes a thing through the API. False when there is no place for it yet. */
export async function makeByHand(history: History, thing: Declared): Promise<boolean> {
    const { api, seen } = history;
    const find = (kind: string, name: string) =>
        [...seen].find(([, each]) => each.kind === kind && each.name === name) ?? [];
    const make = async (path: string, body: unknown) => {
        await api.must("POST", path, body);
        await history.look("hand");
        return true;
    };
    if (thing.kind === "organization") return make("/account", { name: thing.title });
    if (thing.kind === "domain") {
        const [key, site] = find("application", thing.site);
        if (key === undefined) return false;
        const application = `/account/${site?.organization}/application/${key.split(" ")[1]}`;
        return make(`${application}/environment/${thing.branch}/domain/${thing.hostname}`, {});
    }
    if (thing.kind !== "application" && thing.kind !== "membership") return false;
    const [, organization] = find("organization", thing.organization);
    if (organization === undefined) return false;
    const account = `/account/${organization.organization}`;
    if (thing.kind === "membership")
        return make(`${account}/user`, { email: thing.email, accountCapability: thing.role });
    const { hostname, origin } = thing;
    return make(`${account}/application/create`, { hostname, origin, stackName: "varnish-6.3-basic" });
}
