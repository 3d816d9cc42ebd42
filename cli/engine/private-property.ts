import { unknownValue } from "pulumi-section/internal";

/** True for a property that may hold a private key, whether or not the program marks it as a secret. */
export function isPrivateProperty(kind: string, key: string | undefined): boolean {
    return kind === "domain" && key === "certificate";
}

/** True for a value of it that does: a certificate of the client's own, or a part of one. */
export function holdsPrivateKey(kind: string, key: string | undefined, value: unknown): boolean {
    return isPrivateProperty(kind, key) && value !== undefined && value !== "acme" && value !== unknownValue;
}
