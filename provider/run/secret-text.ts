/** The place of a probable secret in a text. Never contains the secret itself. */
export interface SecretPlace {
    /** Counted from 1. */
    line: number;
    /** The probable kind of secret, such as `a private key`. */
    kind: string;
}

const secretName = "(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|access[_-]?token|auth[_-]?token)";

// every repetition is bounded: a long line must not be searched again from each of its letters
const rules: readonly [kind: string, pattern: RegExp][] = [
    ["a private key", /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
    [
        "a token of this platform",
        /\bsection_[A-Za-z0-9_-]{20,200}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{10,12}\b/,
    ],
    ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
    ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/],
    ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20}/],
    ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10}/],
    ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16}/],
    ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
    ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
    ["a JSON Web Token", /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10}/],
    [
        "an Authorization header",
        /\bauthorization["']?\s{0,20}[:=]\s{0,20}["']?(?:basic|bearer)\s{1,20}[A-Za-z0-9+/._~-]{12}/i,
    ],
    ["a password in a URL", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@{}$<]{1,100}:[^\s/:@{}$<]{1,100}@/i],
    [
        "a password",
        new RegExp(`${secretName}["']?\\s{0,20}(?:=>|[:=])\\s{0,20}(["'])(?!\\1)[^"'\\s{}$<>%]{6,200}\\1`, "i"),
    ],
    [
        "a password",
        new RegExp(
            `^\\s{0,40}[\\w.-]{0,40}${secretName}\\s{0,20}[:=]\\s{0,20}(?=[^\\s]{0,200}\\d)[^"'\\s{}$<>%()]{6,200};?\\s{0,40}$`,
            "i",
        ),
    ],
];

/** People write this on a line that holds no secret. Other tools know it too. */
const allowance = "gitleaks:allow";

/** The lines of a text that seem to hold a secret. */
export function findSecrets(text: string): SecretPlace[] {
    return text.split("\n").flatMap((content, index) => {
        if (content.includes(allowance)) return [];
        const rule = rules.find(([, pattern]) => pattern.test(content));
        return rule === undefined ? [] : [{ line: index + 1, kind: rule[0] }];
    });
}
