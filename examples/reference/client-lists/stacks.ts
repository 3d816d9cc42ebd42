import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

// Each stack has a group of the clients. A new client belongs to the stack whose list names its key.
const groups: Record<string, string[]> = { north: ["acme"], south: ["museum"] };
const group = groups[pulumi.getStack()] ?? [];

const clients = section.clientsFromYaml("clients.yaml").filter(({ key = "" }) => group.includes(key));

export const dns = new section.Agency("agency", { clients }).dnsLines;
