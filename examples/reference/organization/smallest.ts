import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
export const id = acme.id;
