import * as section from "pulumi-section";
import type { Seen } from "../refactoring/look-at-platform";

/** Sites come and go, and get other content, with the version of the program. */
const changesAt = (version: number, index: number) => ({
    isThere: (version + index) % 4 !== 0,
    hasShop: (version + index) % 3 === 0,
});

const hostnameOf = (name: string) => `${name}.acme.example`;

/** Version n of an estate: things are added, removed and changed with n. */
export function estate(version: number, sites: readonly string[]) {
    return async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        new section.Membership("jane", {
            organization: acme.id,
            email: "jane@agency.example",
            role: version % 2 === 0 ? "readonly" : "state",
        });
        for (const [index, name] of sites.entries()) {
            const { isThere, hasShop } = changesAt(version, index);
            if (!isThere) continue;
            const hostname = hostnameOf(name);
            const application = new section.Application(name, { organization: acme.id, hostname, origin: "192.0.2.1" });
            const config = { "varnish/default.vcl": `vcl 4.0;\n# version ${version}\n` };
            new section.Environment(`${name}-staging`, {
                application: application.id,
                name: "Staging",
                hostname: `staging.${hostname}`,
                config,
            });
            if (hasShop)
                new section.Domain(`${name}-shop`, {
                    environment: application.production,
                    hostname: `shop.${hostname}`,
                });
        }
    };
}

/** The name of everything that a version declares, with what comes along. */
function listDeclared(version: number, sites: readonly string[]): string[] {
    return [
        "organization Acme",
        "membership jane@agency.example",
        ...sites.flatMap((name, index) => {
            const { isThere, hasShop } = changesAt(version, index);
            const hostname = hostnameOf(name);
            if (!isThere) return [];
            const domains = [hostname, `staging.${hostname}`, ...(hasShop ? [`shop.${hostname}`] : [])];
            return [
                `application ${hostname}`,
                `environment Production of ${hostname}`,
                `environment Staging of ${hostname}`,
                ...domains.map((domain) => `domain ${domain}`),
            ];
        }),
    ];
}

export interface Verdict {
    lost: string[];
    twice: string[];
    orphans: string[];
}

/** Compares what a version declares with what there is. `owner` is the member that no program declares. */
export function judge(version: number, sites: readonly string[], seen: Seen, owner: string): Verdict {
    const declared = new Set(listDeclared(version, sites));
    const there = [...seen.values()].map(({ kind, name }) => `${kind} ${name}`);
    return {
        lost: [...declared].filter((name) => !there.includes(name)),
        twice: there.filter((name, index) => there.indexOf(name) !== index),
        orphans: there.filter((name) => !declared.has(name) && name !== `membership ${owner}`),
    };
}
