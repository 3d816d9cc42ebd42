import * as section from "pulumi-section";

const agency = new section.Agency("agency", {
    clients: [
        {
            name: "Acme",
            sites: [
                {
                    hostname: "www.acme.example",
                    origin: "origin.acme.example",
                },
            ],
        },
    ],
});
export const recordsToSet = agency.dnsLines;
