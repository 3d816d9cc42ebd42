import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeTeam = new section.Team("acme-team", {
    organization: acme.id,
    members: {
        "ada@agency.example": section.Role.Admin,
    },
});
export const stillInvited = acmeTeam.pending;
