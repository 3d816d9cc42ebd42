import { html } from "section-display";
import { type Problem, problems } from "section-model";
import type { View } from "./document";
import { home } from "./page-addresses";

/** The part of a failure that the viewer may know: nothing about things that they may not see. */
function reasonOf({ code, message }: Problem): string {
    if (code === "not-found") return "There is nothing here, or nothing that you may see.";
    if (code === "internal") return "An unexpected failure stopped this request.";
    return message;
}

/** A page that cannot be shown. */
export function failurePage(problem: Problem, transactionId: string): View {
    const { title } = problems[problem.code];
    const isOurs = problem.status >= 500 || problem.status === 0;
    return {
        title: problem.code === "not-found" ? "Not found" : title,
        trail: [],
        body: html`<h1>${problem.code === "not-found" ? "Not found" : title}</h1>
<p>${reasonOf(problem)}</p>
${isOurs && html`<p class="quiet">Request ${transactionId}</p>`}
<p><a href="${home}">Your organizations</a></p>`,
    };
}
