import { isProblem } from "section-model";
import { AcmeFailure } from "../acme/acme-failure";
import type { Context } from "./context";

/** The errors of a certificate authority that could not see that a hostname is ours. */
const ofValidation = new Set(["caa", "connection", "dns", "dnssec", "incorrectResponse", "tls", "unauthorized"]);

/** Advice to the user, when the authority's words give none. */
async function remedyOf(context: Context, kind: string, hostname: string): Promise<string> {
    if (kind === "caa")
        return `. Let the CAA records of ${hostname} and the zones above it name the certificate authority, or remove them`;
    if (kind !== "connection" && kind !== "unauthorized") return "";
    const { records } = await context.dns.ask("AAAA", hostname);
    return records.length > 0
        ? `. Remove the AAAA records of ${hostname} (${records[0]}): the platform answers on IPv4 only`
        : "";
}

/**
 * Why a certificate could not be issued, in words for the owners of the site. An unexpected failure shows no details.
 */
export async function explainFailure(context: Context, hostname: string, error: unknown): Promise<string> {
    if (isProblem(error)) return error.message.replace(/\.$/, "");
    if (!(error instanceof AcmeFailure))
        return `The certificate of ${hostname} could not be issued: an unexpected failure`;
    const remedy = await remedyOf(context, error.kind, hostname);
    if (ofValidation.has(error.kind))
        return `Error validating ownership for certificate ${hostname}: ${error.message}${remedy}`;
    return `The certificate of ${hostname} could not be issued: ${error.message}${remedy}`;
}
