import * as section from "pulumi-section";

// One list of people for all clients. Who is not in it has no access to any of them.
const everywhere: section.TeamArgs["members"] = { "ada@agency.example": "admin", "bo@agency.example": "admin" };
const clients: Record<string, { name: string; people: section.TeamArgs["members"] }> = {
    acme: { name: "Acme Outdoor", people: { "olaf@acme.example": "readonly" } },
    bakery: { name: "Bakery Lindqvist", people: { "karin@lindqvist.example": { role: "state", until: "2099-06-30" } } },
};

for (const [key, { name, people }] of Object.entries(clients)) {
    const organization = new section.Organization(key, { name });
    new section.Team(key, { organization: organization.id, members: { ...everywhere, ...people } });
}

export const access = section.accessMatrix().table;
