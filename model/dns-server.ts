import { Resolver } from "node:dns";

/** The servers as Node takes them: `address` or `address:port`, of IPv4 or IPv6, as in `[2001:db8::53]:5353`. */
export function isDnsServer(text: string): boolean {
    try {
        new Resolver().setServers([text]);
        return true;
    } catch {
        return false;
    }
}
