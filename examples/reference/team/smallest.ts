import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Team("acme-team", { organization: acme.id, members: { "ada@agency.example": "admin" } });
