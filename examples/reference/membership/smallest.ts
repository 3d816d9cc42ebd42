import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeJane = new section.Membership("acme-jane", {
    organization: acme.id,
    email: "jane@agency.example",
    role: section.Role.Admin,
});
export const janeHasAccepted = acmeJane.status;
