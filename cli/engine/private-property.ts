import { unknownValue } from "pulumi-section/internal";

/** True for a property that may hold a private key, whether or not the program marks it as a secret. */
export function isPrivateProperty(kind: string, key: string | undefined): boolean {
    return kind === "domain" && key === "certificate";
}

/** True for a value of such a property that has one: a client's own certificate, or a part of it. */
export function holdsPrivateKey(kind: string, key: string | undefined, value: unknown): boolean {
    return isPrivateProperty(kind, key) && value !== undefined && value !== "acme" && value !== unknownValue;
}
