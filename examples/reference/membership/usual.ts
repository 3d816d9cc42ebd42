import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

// A developer of the client may read everything, until the project ends.
const olaf = new section.Membership("acme-olaf", {
    organization: acme.id,
    email: "olaf@acme.example",
    role: "readonly",
    until: "2099-12-31",
});

export const olafHasAccepted = olaf.status.apply((status) => status === "active");
