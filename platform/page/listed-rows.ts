import { type Content, type Html, html } from "section-display";
import { count } from "./shown-values";

/** A long list as somebody asked to see it. */
export interface ListRequest {
    search: string;
    /** From 1. */
    page: number;
}

export interface ListSettings {
    /** The address of the list. */
    href: string;
    /** The label of the search field, such as `Hostname`. */
    searches: string;
    /** The word for one row, such as `site`. */
    one: string;
}

export const rowsPerPage = 100;
/** Shorter lists need no search. */
const shortest = 8;

function addressOf(href: string, { search, page }: ListRequest): string {
    const query = new URLSearchParams({
        ...(search !== "" && { search }),
        ...(page > 1 && { page: String(page) }),
    }).toString();
    return query === "" ? href : `${href}?${query}`;
}

/** The form that filters a list; it needs no script. */
function searchForm({ href, searches, one }: ListSettings, { search }: ListRequest, total: number): Html | false {
    if (search === "" && total < shortest) return false;
    return html`<form class="search" role="search" method="get" action="${href}" aria-label="Find a ${one}">
<label for="search">${searches}</label>
<input id="search" type="search" name="search" value="${search}" maxlength="200">
<button type="submit">Filter</button>
${search !== "" && html`<a href="${href}">Show all</a>`}
</form>`;
}

function pager({ href, one }: ListSettings, request: ListRequest, total: number): Html | false {
    const pages = Math.max(1, Math.ceil(total / rowsPerPage));
    if (pages === 1 && request.page === 1) return false;
    const to = (page: number, text: string, rel: string) =>
        html`<a href="${addressOf(href, { ...request, page })}" rel="${rel}">${text}</a>`;
    return html`<nav class="pager" aria-label="Pages of ${one}s">
${request.page > 1 && to(Math.min(request.page - 1, pages), "Previous", "prev")}
<span>Page ${request.page} of ${pages}</span>
${request.page < pages && to(request.page + 1, "Next", "next")}
</nav>`;
}

/** A list with its search, its table and the way to its other pages. */
export function listed(
    settings: ListSettings,
    request: ListRequest,
    { total, table }: { total: number; table: Content },
): Html {
    const found = request.search === "" ? "" : ` with “${request.search}”`;
    const isEmpty = total === 0 || (request.page - 1) * rowsPerPage >= total;
    return html`${searchForm(settings, request, total)}
${request.search !== "" && html`<p role="status">${count(total, settings.one)}${found}</p>`}
${isEmpty ? html`<p class="empty">${request.page > 1 ? "Nothing is on this page." : request.search === "" ? `No ${settings.one}s yet.` : "Nothing was found."}</p>` : table}
${pager(settings, request, total)}`;
}
