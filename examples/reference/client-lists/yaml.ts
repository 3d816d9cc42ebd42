import * as section from "pulumi-section";

// A list is plain data: a program can filter it, such as one stack for each group of clients.
const all = section.clientsFromYaml("clients.yaml");
const clients = all.filter(({ key }) => key !== "museum");

const agency = new section.Agency("agency", { clients });

export const dns = agency.dnsLines;
