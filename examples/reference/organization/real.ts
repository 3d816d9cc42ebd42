import * as section from "pulumi-section";

// The endpoint of this agency makes an organization only together with its first site. `firstSite` says which one that
// is. The Application of the same hostname then takes over that site. The same program also works where an endpoint
// makes an organization by itself.
const clients = [
    { key: "acme", name: "Acme Outdoor", hostname: "www.acme.example", origin: "origin.acme.example" },
    { key: "museum", name: "City Museum", hostname: "www.museum.example", origin: "origin.museum.example" },
];

export const organizations: Record<string, unknown> = {};

for (const { key, name, hostname, origin } of clients) {
    const organization = new section.Organization(key, { name, firstSite: { hostname, origin } });
    new section.Application(`${key}-www`, { organization: organization.id, hostname, origin });
    organizations[key] = organization.id;
}
