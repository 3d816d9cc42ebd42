// Asks the platform of this container whether it lives. Its certificate is for the name that others use, not for this
// address.
const { SECTION_PLATFORM_PORT: port, SECTION_PLATFORM_TLS_CERT_FILE: certificate } = process.env;
const { get } = require(certificate ? "node:https" : "node:http");
get({ host: "127.0.0.1", port, path: "/healthz", rejectUnauthorized: false, timeout: 4_000 }, ({ statusCode }) => {
    process.exit(statusCode === 200 ? 0 : 1);
})
    .on("timeout", () => process.exit(1))
    .on("error", () => process.exit(1));
