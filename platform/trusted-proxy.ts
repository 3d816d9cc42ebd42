import { BlockList, isIP, isIPv6 } from "node:net";

/** Names for groups of networks. */
const groups: Record<string, readonly string[]> = {
    loopback: ["127.0.0.0/8", "::1"],
    linklocal: ["169.254.0.0/16", "fe80::/10"],
    uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

/** True for an address, a network such as 10.0.0.0/8, or the name of a group of networks. */
export function isProxy(text: string): boolean {
    if (Object.hasOwn(groups, text)) return true;
    const [address = "", prefix = "32", ...rest] = text.split("/");
    return (
        isIP(address) !== 0 &&
        /^[1-9]\d{0,2}$/.test(prefix) &&
        Number(prefix) <= (isIP(address) === 4 ? 32 : 128) &&
        rest.length === 0
    );
}

/** A function that says whether an address is one of some proxies, as Fastify does of those that it believes. */
export function matchProxies(proxies: readonly string[]): (address: string | undefined) => boolean {
    const list = new BlockList();
    for (const each of proxies.flatMap((proxy) => groups[proxy] ?? proxy)) {
        const [address = "", prefix] = each.split("/");
        if (prefix === undefined) list.addAddress(address, familyOf(address));
        else list.addSubnet(address, Number(prefix), familyOf(address));
    }
    return (address) => {
        const [plain = ""] = (address ?? "").split("%");
        return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
    };
}
