import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Problem } from "section-model";
import { Authority } from "./authority";

export interface AuthoritySettings {
    acmeDirectory?: string;
    acmeContact?: readonly string[];
    acmeCaFile?: string;
    acmeExternalKeyId?: string;
    acmeExternalKeyFile?: string;
}

async function readSetting(name: keyof AuthoritySettings, file: string | undefined): Promise<string | undefined> {
    if (file === undefined) return undefined;
    return readFile(file, "utf8").catch((cause) => {
        throw new Problem("invalid-input", `${name} ${file} cannot be read: ${cause.code}`, {
            remedy: "Correct the setting",
            cause,
        });
    });
}

/**
 * The certificate authority of the settings; nothing is sent to it yet.
 *
 * @throws Problem `invalid-input` for files that cannot be read and halves of an external account
 */
export async function openAuthority(
    settings: AuthoritySettings,
    loadKey: (directory: string) => Promise<KeyObject>,
): Promise<Authority | undefined> {
    const { acmeDirectory: directory, acmeContact: contact, acmeExternalKeyId: keyId } = settings;
    if (directory === undefined) return undefined;
    const ca = await readSetting("acmeCaFile", settings.acmeCaFile);
    const macKey = (await readSetting("acmeExternalKeyFile", settings.acmeExternalKeyFile))?.trim();
    if ((keyId === undefined) !== (macKey === undefined)) {
        throw new Problem("invalid-input", "acmeExternalKeyId and acmeExternalKeyFile belong together", {
            remedy: "Set both or neither",
        });
    }
    const externalAccount = keyId === undefined || macKey === undefined ? undefined : { keyId, macKey };
    return new Authority({ directory, contact, ca, externalAccount, loadKey: () => loadKey(directory) });
}
