import { BlockList, isIPv4 } from "node:net";

const notPublic = new BlockList();
for (const [network, prefix] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
] as const)
    notPublic.addSubnet(network, prefix);

/**
 * True for an IPv4 address that the internet can route: not private, loopback, link-local, shared, multicast or
 * reserved.
 */
export function isPublicAddress(address: string): boolean {
    return isIPv4(address) && !notPublic.check(address);
}
