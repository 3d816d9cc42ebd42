import { type Html, html } from "section-display";
import type { View } from "./document";
import { signInAddress } from "./page-addresses";

export interface SignInForm {
    formToken: string;
    /** The page to go to afterwards. */
    to: string;
    /** As typed before. */
    email?: string;
    /** Why the last try failed. */
    reason?: string;
}

function hidden({ formToken, to }: SignInForm): Html {
    return html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="to" value="${to}">`;
}

/** Two ways to sign in, each a form of its own. */
export function signInPage(form: SignInForm): View {
    const { email = "", reason } = form;
    return {
        title: "Sign in",
        trail: [],
        body: html`<div class="narrow">
<h1>Sign in</h1>
${reason !== undefined && html`<p class="notice" role="alert">${reason}</p>`}
<form class="card" method="post" action="${signInAddress}" aria-labelledby="by-password">
<h2 id="by-password">With e-mail and password</h2>
${hidden(form)}
<label>E-mail <input type="email" name="email" value="${email}" autocomplete="username" required maxlength="320"></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required maxlength="256"></label>
<label>One-time code, if you use an authenticator app <input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="20"></label>
<button type="submit">Sign in</button>
</form>
<form class="card" method="post" action="${signInAddress}" aria-labelledby="by-token">
<h2 id="by-token">With an API token</h2>
${hidden(form)}
<label>API token <input type="password" name="token" autocomplete="off" required maxlength="300"></label>
<button class="second" type="submit">Sign in with token</button>
</form>
</div>`,
    };
}
