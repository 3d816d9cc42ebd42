import { type Html, html } from "section-display";
import { home, signOutAddress } from "./page-addresses";

export interface Link {
    text: string;
    href: string;
}

/** The content of one page. */
export interface View {
    title: string;
    /** The pages above this one, outermost first. */
    trail: readonly Link[];
    /** Begins with the page's one h1. */
    body: Html;
    /** The page changes something: its foot does not say that pages change nothing. */
    isForm?: true;
}

/** The person who looks, and the token of their sign-out form. */
export interface Viewer {
    name: string;
    email: string;
    formToken: string;
}

export interface Assets {
    style: string;
    icon: string;
}

function viewerMenu({ name, email, formToken }: Viewer): Html {
    return html`<form class="viewer" method="post" action="${signOutAddress}">
<span title="${email}">${name}</span>
<input type="hidden" name="form" value="${formToken}">
<button type="submit">Sign out</button>
</form>`;
}

function trailNavigation(trail: readonly Link[], title: string): Html {
    return html`<nav class="trail" aria-label="Breadcrumb"><ol>
${trail.map(({ text, href }) => html`<li><a href="${href}">${text}</a></li>`)}
<li><span aria-current="page">${title}</span></li>
</ol></nav>`;
}

/** The frame around every page. It loads nothing but its own style and icon. */
export function formatDocument(
    { title, trail, body, isForm }: View,
    viewer: Viewer | undefined,
    { style, icon }: Assets,
): string {
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Section</title>
<link rel="stylesheet" href="${style}">
<link rel="icon" type="image/svg+xml" href="${icon}">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="brand" href="${home}"><img src="${icon}" alt="" width="20" height="20"> Section</a>
${viewer && viewerMenu(viewer)}
</header>
${trail.length > 0 && trailNavigation(trail, title)}
<main id="content" tabindex="-1">
${body}
</main>
${
    !isForm &&
    html`<footer>
<p>These pages show things and change nothing. To change them use Pulumi (<code>pulumi up</code>), the REST API (<code>/api/v1</code>) or <code>git push</code>.</p>
</footer>`
}
</body>
</html>
`.text;
}
