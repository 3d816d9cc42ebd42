import { z } from "zod";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ipv4OrCidr = new RegExp(`^${octet}(?:\\.${octet}){3}(?:/(?:3[0-2]|[12]?\\d))?$`);

/** The same as `ipRestrictionSchema`, for lists of any length. */
export function isIpRestriction(text: string): boolean {
    return ipv4OrCidr.test(text);
}

/** An IPv4 address or CIDR block whose requests are refused. The platform does not support IPv6. */
export const ipRestrictionSchema = z
    .string("must be an IPv4 address or block")
    .regex(ipv4OrCidr, "must be an IPv4 address or CIDR block such as 192.0.2.0/24; IPv6 is not supported");
