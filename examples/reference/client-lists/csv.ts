import * as section from "pulumi-section";

const agency = new section.Agency("agency", { clients: section.clientsFromCsv("clients.csv") });

export const dns = agency.dnsLines;
