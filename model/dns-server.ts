import { Resolver } from "node:dns";

const portText = /(?:^[\d.]+|\]):(\d+)$/;
const highestPort = 65_535;

/** True of `address` and `address:port`, of IPv4 or IPv6, as in `[2001:db8::53]:5353`: the servers that Node takes. */
export function isDnsServer(text: string): boolean {
    const port = Number(portText.exec(text)?.[1] ?? 53);
    if (port < 1 || port > highestPort) return false; // Node would ask another port
    try {
        new Resolver().setServers([text]);
        return true;
    } catch {
        return false;
    }
}
