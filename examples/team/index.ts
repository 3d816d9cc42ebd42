import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Team("acme-team", {
    organization: acme.id,
    members: {
        "ada@agency.example": "admin",
        "rita@acme.example": "readonly",
        "summer@agency.example": { role: "state", until: "2099-08-31" },
    },
});

const bakery = new section.Organization("bakery", { name: "Bakery" });

new section.Membership("bakery-ada", { organization: bakery.id, email: "ada@agency.example", role: "admin" });

export const access = section.accessMatrix().table;
