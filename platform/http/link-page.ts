import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
input, button { margin: .25rem 0 1rem; padding: .5rem }
`;

// the token is the fragment of the address; signing in is for the page that asks for an e-mail address
const script = `
const form = document.querySelector("form");
const told = document.querySelector("output");
form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { email, password, code, ...rest } = Object.fromEntries(new FormData(form));
    const headers = { "content-type": "application/json" };
    const body = { token: location.hash.slice(1), ...rest };
    if (email === undefined) body.password = password;
    else headers.authorization = "Basic " + btoa(String.fromCharCode(...new TextEncoder().encode(email + ":" + password)));
    if (code) headers["section-otp"] = code;
    try {
        const answer = await fetch(location.pathname, { method: "POST", headers, body: JSON.stringify(body) });
        told.textContent = answer.ok ? "Done. You can close this page." : (await answer.json()).message;
    } catch {
        told.textContent = "The platform does not answer. Try again.";
    }
});
`;

interface Field {
    name: string;
    label: string;
    attributes: string;
}

interface Page {
    title: string;
    fields: Field[];
}

const pages: Record<string, Page> = {
    "/public/accept": {
        title: "Choose your password",
        fields: [
            { name: "firstname", label: "First name", attributes: 'autocomplete="given-name"' },
            { name: "lastname", label: "Last name", attributes: 'autocomplete="family-name"' },
            {
                name: "password",
                label: "Password",
                attributes: 'type="password" autocomplete="new-password" minlength="10" maxlength="256" required',
            },
        ],
    },
    "/public/verify": {
        title: "Verify your new e-mail address",
        fields: [
            {
                name: "email",
                label: "The e-mail address you sign in with now",
                attributes: 'type="email" autocomplete="username" required',
            },
            {
                name: "password",
                label: "Password",
                attributes: 'type="password" autocomplete="current-password" required',
            },
            {
                name: "code",
                label: "One-time code, if you use an authenticator app",
                attributes: 'autocomplete="one-time-code" inputmode="numeric"',
            },
        ],
    },
};

function write({ title, fields }: Page): string {
    const inputs = fields.map(
        ({ name, label, attributes }) => `<label>${label} <input name="${name}" ${attributes}></label>`,
    );
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
<h1>${title}</h1>
<form>
${inputs.join("\n")}
<button>Continue</button>
<output></output>
</form>
<noscript>This page needs JavaScript.</noscript>
<script>${script}</script>
</html>
`;
}

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
};

/** The page behind a link in a mail: a form that posts to the page's own address. */
export function linkPages(server: FastifyInstance): void {
    for (const [path, page] of Object.entries(pages)) {
        const text = write(page);
        server.get(path, async (_request, reply) => reply.headers(headers).send(text));
    }
}
