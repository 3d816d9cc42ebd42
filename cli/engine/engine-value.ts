/** The text that the engine prints in place of a secret. */
export const secretMark = "[secret]";

/** The key by which the engine marks a wrapped value; its value names the kind, such as a secret. */
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** Stands at `signatureKey` of a secret. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
