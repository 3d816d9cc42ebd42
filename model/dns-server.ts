import { isIP, isIPv4 } from "node:net";

const form = /^(?:\[([^[\]]+)\]|([^:]+))(?::(\d+))?$/;
const highestPort = 65_535;

/** True of `address` and `address:port`, of IPv4 or IPv6, as in `[2001:db8::53]:5353`: the servers that Node takes. */
export function isDnsServer(text: string): boolean {
    if (isIP(text) !== 0) return true;
    const [, bracketed = "", plain = "", port = "53"] = form.exec(text) ?? [];
    return (isIP(bracketed) !== 0 || isIPv4(plain)) && Number(port) >= 1 && Number(port) <= highestPort;
}
