import { Problem, problems } from "section-model";
import { type Connection, sayEndpoint } from "./connection";

interface Reason {
    words: string;
    /** True when no request can have reached the endpoint. */
    isCertain?: true;
    /** Ends the remedy, where another one than the setting may help. */
    hint?: string;
}

const lateReason: Reason = { words: "did not answer in time" };
const untrusted: Reason = {
    words: "cannot be reached: the authority of its certificate is not trusted here",
    isCertain: true,
    hint: "or name that authority's PEM file in NODE_EXTRA_CA_CERTS",
};
const notTls: Reason = {
    words: "cannot be reached: it speaks no HTTPS",
    hint: "or write http:// if it has no HTTPS",
};

const reasons: Readonly<Record<string, Reason>> = {
    ECONNABORTED: lateReason,
    ETIMEDOUT: lateReason,
    ECONNREFUSED: { words: "cannot be reached: nothing listens there", isCertain: true },
    ENOTFOUND: { words: "cannot be reached: the DNS has no such name", isCertain: true },
    EAI_AGAIN: { words: "cannot be reached: the DNS does not answer", isCertain: true },
    ECONNRESET: { words: "cannot be reached: it closed the connection without an answer" },
    DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
    SELF_SIGNED_CERT_IN_CHAIN: untrusted,
    UNABLE_TO_GET_ISSUER_CERT: untrusted,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
    CERT_HAS_EXPIRED: { words: "cannot be reached: its certificate has expired", isCertain: true },
    ERR_TLS_CERT_ALTNAME_INVALID: { words: "cannot be reached: its certificate is for other names", isCertain: true },
    EPROTO: notTls,
    ERR_SSL_WRONG_VERSION_NUMBER: notTls,
    ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
};

/** Why there is no answer, with the setting to correct. The cause keeps no request: a request has the token. */
export function explainNoAnswer(connection: Connection, code: string | undefined, message: string): Problem {
    const reason = reasons[code ?? ""] ?? { words: "cannot be reached" };
    const known = reason === lateReason ? "" : ` (${code ?? message})`;
    const remedy =
        connection.setBy === undefined
            ? problems.unreachable.remedy
            : `Check ${connection.setBy.endpoint} and the network${reason.hint ? `, ${reason.hint}` : ""}, then run again`;
    return new Problem("unreachable", `${sayEndpoint(connection)} ${reason.words}${known}`, {
        remedy,
        isUncertain: reason.isCertain !== true,
        cause: new Error(message),
    });
}
