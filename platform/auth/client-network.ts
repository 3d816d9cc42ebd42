import { isIPv6 } from "node:net";

const networkGroups = 4;

/**
 * The network that one client can be thought to own: an IPv4 address, or the /64 of an IPv6 address, in which
 * everybody has more addresses than could be counted.
 *
 * @param address missing when the client has gone already
 */
export function networkOf(address: string | undefined): string {
    const [plain = ""] = (address ?? "").split("%");
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
    if (mapped !== undefined) return mapped;
    if (!isIPv6(plain)) return plain;
    const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
    const groups = head === "" ? [] : head.split(":");
    const given = groups.length + (tail === undefined || tail === "" ? 0 : tail.split(":").length);
    if (tail !== undefined) groups.push(...Array(8 - given).fill("0"), ...tail.split(":"));
    return `${groups.slice(0, networkGroups).join(":")}::/64`;
}
