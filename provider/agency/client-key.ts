import { isApex } from "section-model";
import { z } from "zod";

const grammar = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;

/**
 * The key names a client's resources in a program: unlike the client's name it never changes. It has no `/`, because
 * `/` separates it from the rest of a resource's name.
 */
export const clientKeySchema = z
    .string("must be a key such as acme-outdoor")
    .refine((key) => grammar.test(key), "must be letters, digits, dots, dashes and underscores, such as acme-outdoor");

/**
 * The key of a client that declares none. Users' states contain these keys: never change the rule.
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
 * The hostname of a staging that declares none: in the same zone, covered by the same wildcard certificate. Never
 * change this rule either.
 *
 * @example stagingHostnameOf("www.acme.example") === "staging-www.acme.example"
 * @example stagingHostnameOf("acme.example") === "staging.acme.example"
 */
export function stagingHostnameOf(hostname: string): string {
    return isApex(hostname) ? `staging.${hostname}` : `staging-${hostname}`;
}
