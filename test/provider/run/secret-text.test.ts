import assert from "node:assert/strict";
import { findSecrets } from "../../../provider/run/secret-text";

const uuid = "a2ad0ffb-4046-4be9-81d2-ebea77743ae4";

describe("lines that look like a secret", () => {
    const secrets: [string, string][] = [
        ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
        ["-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"],
        [`token ${uuid}:${uuid}`, "a token of this platform"],
        [`x section_0123456789abcdef_${"a".repeat(43)}_01234567`, "a token of this platform"],
        [`id = AKIA${"A1".repeat(8)}`, "an AWS access key"],
        [`ghp_${"a".repeat(36)}`, "a GitHub token"],
        [`glpat-${"a".repeat(20)}`, "a GitLab token"],
        ["xoxb-1234567890-abc", "a Slack token"],
        [`sk_live_${"a".repeat(24)}`, "a Stripe key"],
        [`AIza${"a".repeat(35)}`, "a Google API key"],
        [`npm_${"a".repeat(36)}`, "an npm token"],
        [`eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`, "a JSON Web Token"],
        ['set bereq.http.Authorization = "Basic dXNlcjpwYXNzd29yZA==";', "an Authorization header"],
        ["proxy_pass https://user:hunter22@origin.example/;", "a password in a URL"],
        ['  "password": "hunter22",', "a password"],
        ["api_key => 'abcdef123456'", "a password"],
        ["DB_PASSWORD=hunter22", "a password"],
    ];
    for (const [line, kind] of secrets) {
        it(`${kind}: ${line.slice(0, 24)}`, () =>
            assert.deepEqual(findSecrets(`first\n${line}\nlast`), [{ line: 2, kind }]));
    }

    it("are not what any configuration has", () => {
        const innocent = [
            "-----BEGIN CERTIFICATE-----",
            'password = "{{password}}"',
            'if (req.http.password == "") {',
            "password: required",
            'secret = ""',
            'set req.http.X-Url = "https://www.acme.example:8080/a@b";',
            "set bereq.http.Authorization = req.http.Authorization;",
            `"section_payload_id": "${uuid}"`,
            "# the password is asked for at login",
            "proxy_set_header Authorization $http_authorization;",
            'password = "hunter22" # gitleaks:allow',
        ];
        assert.deepEqual(findSecrets(innocent.join("\n")), []);
    });

    it("a long line takes no longer than its length", () => {
        for (const piece of ["a", "a:", "password", "eyJa.", "://", "- "]) {
            const startedAt = Date.now();
            findSecrets(piece.repeat(300_000));
            assert.ok(Date.now() - startedAt < 5_000, `${piece} took ${Date.now() - startedAt} ms`);
        }
    });
});
