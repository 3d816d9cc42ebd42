import { isApex } from "section-model";
import { z } from "zod";

const grammar = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;

/**
 * What names a client's resources in a program: unlike its name it never changes. No `/`, which separates it from what
 * follows.
 */
export const clientKeySchema = z
    .string("must be a key such as acme-outdoor")
    .refine((key) => grammar.test(key), "must be letters, digits, dots, dashes and underscores, such as acme-outdoor");

/**
 * The key of a client that declares none. People's states are full of these: the rule is never changed.
 *
 * @returns "" for a name without letters and digits
 * @example clientKeyOf("Bäckerei Lindqvist & Söhne") === "backerei-lindqvist-sohne"
 */
export function clientKeyOf(name: string): string {
    return name
        .normalize("NFD")
        .replaceAll(/\p{M}/gu, "")
        .normalize("NFC")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
        .replaceAll(/^-|-$/g, "")
        .slice(0, 100);
}

/**
 * The hostname of a site's staging that declares none: in the same zone, covered by the same wildcard certificate.
 * Never changed either.
 *
 * @example stagingHostnameOf("www.acme.example") === "staging-www.acme.example"
 * @example stagingHostnameOf("acme.example") === "staging.acme.example"
 */
export function stagingHostnameOf(hostname: string): string {
    return isApex(hostname) ? `staging.${hostname}` : `staging-${hostname}`;
}
