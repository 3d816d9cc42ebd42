import { isIP } from "node:net";

/** True for an address, a network such as 10.0.0.0/8, or the name of a group of networks. */
export function isProxy(text: string): boolean {
    if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
    const [address = "", prefix = "32", ...rest] = text.split("/");
    return (
        isIP(address) !== 0 &&
        /^[1-9]\d{0,2}$/.test(prefix) &&
        Number(prefix) <= (isIP(address) === 4 ? 32 : 128) &&
        rest.length === 0
    );
}
