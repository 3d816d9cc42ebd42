import { createPrivateKey, type KeyObject } from "node:crypto";
import { makePrivateKey } from "../acme/certificate-request";
import { ensureAccountKey } from "../store/acme-accounts";
import type { Context } from "./context";

/**
 * The key of this platform's account at a certificate authority: one for all replicas, made when it is first needed.
 */
export async function loadAccountKey(
    { store, secrets }: Pick<Context, "store" | "secrets">,
    directory: string,
): Promise<KeyObject> {
    const purpose = `acme-account/${directory}`;
    const sealed = await ensureAccountKey(store.database, directory, () => secrets.seal(purpose, makePrivateKey()));
    return createPrivateKey(secrets.open(purpose, sealed));
}
