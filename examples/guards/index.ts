import * as section from "pulumi-section";

const clients: Record<string, string[]> = {
    Acme: ["www.acme.example"],
    Bakery: ["www.bakery.example"],
};

for (const [name, hostnames] of Object.entries(clients)) {
    const client = new section.Organization(name, { name });
    for (const hostname of hostnames)
        new section.Application(hostname, { organization: client.id, hostname, origin: "origin.agency.example" });
}
