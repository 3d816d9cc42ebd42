import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });
