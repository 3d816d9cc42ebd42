import * as section from "pulumi-section";

// One folder for all sites: a line of it that changes, changes all of them.
const config = section.configFrom("proxy", { variables: { ttl: "6h" } });

for (const client of ["Acme", "Bakery", "Museum"]) {
    const key = client.toLowerCase();
    const organization = new section.Organization(key, { name: client });
    for (let number = 1; number <= 10; number += 1) {
        const name = `${key}-${number}`;
        const site = new section.Application(name, {
            organization: organization.id,
            hostname: `www.${name}.example`,
            origin: "origin.agency.example",
        });
        new section.Environment(`${name}-production`, { application: site.id, name: "Production", config });
        if (number > 1) continue;
        new section.Domain(`${name}-shop`, { environment: site.production, hostname: `shop.${name}.example` });
        new section.Environment(`${name}-staging`, {
            application: site.id,
            name: "Staging",
            hostname: `staging.${name}.example`,
            config,
        });
    }
}
