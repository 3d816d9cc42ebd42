import type { Choices } from "../../support/choices";

/** One bent request to what lies outside of the table of routes. */
export interface Attempt {
    name: string;
    path: string;
    method: string;
    headers: Record<string, string>;
    body?: Buffer;
}

export interface PageSite {
    account: number;
    application: number;
    head: string;
    /** Of a browser that has signed in. */
    cookie: string;
}

function oddAddress(choices: Choices, { account, application, head }: PageSite): string {
    const odd = () => choices.pick("x", "-1", "1e3", "99999999999", "%00", "%ff", "%2e%2e", "%ed%a0%80");
    const within = `/account/${choices.pick(String(account), String(account), String(account), odd())}`;
    const site = `${within}/application/${choices.pick(String(application), String(application), odd())}`;
    const environment = `${site}/environment/${choices.pick("Production", "Production", "Staging", odd())}`;
    const commit = () => choices.pick(head, "c".repeat(40), "HEAD", head.slice(0, 7), odd());
    return choices.pick(
        "/",
        "/sign-in",
        `${within}/user`,
        `${within}/domains`,
        `${within}/domain/${choices.pick("www.acme.example", "x..y", odd())}`,
        site,
        environment,
        `${environment}/file/${choices.pick("section.config.json", "../../config", "a//b", "x".repeat(3_000), odd())}`,
        `${site}/commit/${commit()}`,
        `${site}/compare/${commit()}/${commit()}`,
        `${site}/${application}.git`,
    );
}

/** A browser's request for a page, with what no page of ours leads to. */
export function pageAttempt(choices: Choices, site: PageSite): Attempt {
    const query = choices.pick("", "", "", "?before=%00", "?page=-1", "?to=//evil.example", "?q=%zz", "?a[]=1&a=2");
    const isForm = choices.below(6) === 0;
    const fields = `form=${choices.pick("x", "%00", "")}&email=${choices.pick("olga%40agency.example", "%ff")}&token=x`;
    return {
        name: "page",
        path: (isForm ? choices.pick("/sign-in", "/sign-out") : oddAddress(choices, site)) + query,
        method: isForm ? "POST" : choices.pick("GET", "GET", "GET", "HEAD"),
        headers: {
            accept: choices.pick("text/html", "text/html", "text/html;q=x, */*"),
            cookie: choices.pick(site.cookie, site.cookie, site.cookie, "section-session=%00; a=b", "x"),
            ...(isForm && { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(isForm && { body: choices.bend(Buffer.from(fields)) }),
    };
}
