import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

const team = new section.Team("acme-team", {
    organization: acme.id,
    members: {
        "ada@agency.example": "admin",
        "olaf@acme.example": "readonly",
        "summer@agency.example": { role: "state", until: "2099-08-31" },
    },
});

export const stillInvited = team.pending;
export const removed = team.removes;
