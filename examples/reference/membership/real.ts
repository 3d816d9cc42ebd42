import * as section from "pulumi-section";

// The agency's own people have one role at every client. A client's people come on top.
const staff: Record<string, section.Role> = {
    "ada@agency.example": "admin",
    "nights@agency.example": "state", // clears caches and shows outage pages at night
};
const clients: Record<string, { name: string; people: Record<string, section.Role> }> = {
    acme: { name: "Acme Outdoor", people: { "olaf@acme.example": "readonly" } },
    museum: { name: "City Museum", people: { "it@museum.example": "restrictions-editor" } },
};

for (const [key, { name, people }] of Object.entries(clients)) {
    const organization = new section.Organization(key, { name });
    for (const [email, role] of Object.entries({ ...staff, ...people }))
        new section.Membership(`${key}/${email}`, { organization: organization.id, email, role });
}
