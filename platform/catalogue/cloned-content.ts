import { productionName, type SectionConfig } from "section-model";

const kept = new Set([productionName, "Development"]);

/**
 * Makes the configuration of one site that of another: blocks of environments that the clone does not have go, a new
 * address replaces the old one, and a host header or TLS name that said the old hostname or address says the new one.
 */
export function adoptConfig(
    config: SectionConfig,
    oldHostname: string,
    hostname: string,
    address: string | undefined,
): void {
    for (const [name, block] of Object.entries(config.environments)) {
        if (!kept.has(name)) {
            delete config.environments[name];
            continue;
        }
        const { origin } = block;
        if (origin === undefined) continue;
        const renamed: Record<string, unknown> = {
            [oldHostname]: hostname,
            ...(address !== undefined && { [String(origin.address)]: address }),
        };
        for (const key of ["host_header", "tls_name"])
            if (typeof origin[key] === "string" && Object.hasOwn(renamed, origin[key]))
                origin[key] = renamed[origin[key]];
        if (address !== undefined) origin.address = address;
    }
}
