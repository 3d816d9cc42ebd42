import { type Html, html } from "section-display";
import type { View } from "./document";
import { signInAddress } from "./page-addresses";

/** What a page behind the link in a mail stands on. */
interface LinkSurroundings {
    /** The address of the script of these pages. */
    script: string;
    /** Whether there are pages to sign in to. */
    hasPages: boolean;
}

interface LinkForm {
    kind: "accept" | "verify";
    title: string;
    /** What happens here, before anything is known about the link. */
    lead: string;
    fields: readonly Html[];
    button: string;
}

/** What the script fills in or shows is there from the beginning, so that the markup is checked as a whole. */
function linkPage({ kind, title, lead, fields, button }: LinkForm, { script, hasPages }: LinkSurroundings): View {
    return {
        title,
        trail: [],
        isForm: true,
        body: html`<div class="narrow" id="link" data-kind="${kind}">
<h1 id="title" tabindex="-1">${title}</h1>
<p id="lead">${lead}</p>
<noscript><p class="notice">This page needs JavaScript, because only the browser knows the end of the link.</p></noscript>
<p id="problem" class="notice" role="alert" hidden></p>
<form class="card" aria-labelledby="title">
${fields}
<button type="submit">${button}</button>
</form>
${hasPages && html`<p id="onward" hidden><a class="button" href="${signInAddress}">Sign in</a></p>`}
</div>
<script src="${script}" defer></script>`,
    };
}

/** The page behind the link of an invitation or a registration. */
export function acceptPage(surroundings: LinkSurroundings): View {
    const form: LinkForm = {
        kind: "accept",
        title: "Choose your password",
        lead: "With it you can sign in.",
        fields: [
            html`<label id="address" hidden>E-mail <input type="email" autocomplete="username" readonly></label>`,
            html`<label>First name <input name="firstname" autocomplete="given-name" maxlength="255"></label>`,
            html`<label>Last name <input name="lastname" autocomplete="family-name" maxlength="255"></label>`,
            html`<label>Password, 10 characters or more <input type="password" name="password" autocomplete="new-password" minlength="10" maxlength="256" required></label>`,
        ],
        button: "Choose this password",
    };
    return linkPage(form, surroundings);
}

/** The page behind the link that proves a new e-mail address. */
export function verifyPage(surroundings: LinkSurroundings): View {
    const form: LinkForm = {
        kind: "verify",
        title: "Verify your new e-mail address",
        lead: "Confirm that it is you, with the e-mail address and the password that you sign in with now.",
        fields: [
            html`<label>Current e-mail address <input type="email" name="email" autocomplete="username" required maxlength="320"></label>`,
            html`<label>Password <input type="password" name="password" autocomplete="current-password" required maxlength="256"></label>`,
            html`<label>One-time code, if you use an authenticator app <input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="20"></label>`,
        ],
        button: "Verify the new address",
    };
    return linkPage(form, surroundings);
}
