import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { Logger } from "pino";
import { Problem } from "section-model";

export interface TlsFiles {
    certFile: string;
    keyFile: string;
}

/** The oldest version that the server offers: older ones have been broken. */
const minVersion = "TLSv1.2";
const lookEveryMs = 10_000;
const day = 86_400_000;
const warnBeforeMs = 14 * day;

/** A server whose certificate can be replaced. */
export interface TlsServer {
    setSecureContext(context: SecureContextOptions): void;
}

export type TlsContext = SecureContextOptions & { cert: Buffer; key: Buffer };

/** Reads a certificate and its key, and makes sure that they can be used. Throws `invalid-input`, naming the file. */
export async function readTls({ certFile, keyFile }: TlsFiles): Promise<TlsContext> {
    const read = (file: string) =>
        readFile(file).catch((cause) => {
            throw new Problem("invalid-input", `${file} cannot be read (${cause.code})`, {
                remedy: "Name a PEM file that this user can read",
                cause,
            });
        });
    const [cert, key] = await Promise.all([read(certFile), read(keyFile)]);
    try {
        createSecureContext({ cert, key, minVersion });
    } catch (cause) {
        const reason = (cause as Error).message.split(":").at(-1);
        throw new Problem("invalid-input", `${certFile} and ${keyFile} cannot be used for TLS (${reason})`, {
            remedy: "Name a PEM file with the certificate and its chain, and one with its private key without a passphrase",
            cause,
        });
    }
    return { cert, key, minVersion };
}

function warnOfExpiry({ cert }: TlsContext, log: Logger): void {
    const { validTo } = new X509Certificate(cert);
    if (new Date(validTo).getTime() - Date.now() < warnBeforeMs)
        log.warn({ validTo }, "the TLS certificate ends soon or has ended");
}

/**
 * Gives the server the files' content whenever it changes. They are read, not watched, as tools that renew certificates
 * replace links and folders. A pair that does not fit is half written, or wrong: the old one stays and the log says so.
 *
 * @returns a function that ends it
 */
export function renewTls(
    server: TlsServer,
    files: TlsFiles,
    first: TlsContext,
    log: Logger,
    { everyMs = lookEveryMs, warnEveryMs = day } = {},
): () => void {
    let current = first;
    let complained = "";
    warnOfExpiry(current, log);
    const look = async () => {
        try {
            const next = await readTls(files);
            complained = "";
            if (next.cert.equals(current.cert) && next.key.equals(current.key)) return;
            server.setSecureContext(next);
            current = next;
            log.info({ validTo: new X509Certificate(next.cert).validTo }, "the TLS certificate was renewed");
            warnOfExpiry(current, log);
        } catch (error) {
            const { message } = error as Error;
            if (message !== complained)
                log.warn({ err: error }, "the new TLS certificate cannot be used; the old one stays");
            complained = message;
        }
    };
    const timer = setInterval(look, everyMs);
    const warning = setInterval(() => warnOfExpiry(current, log), warnEveryMs);
    for (const each of [timer, warning]) each.unref();
    return () => {
        for (const each of [timer, warning]) clearInterval(each);
    };
}
