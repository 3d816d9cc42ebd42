import { soonDays } from "./report";

/**
 * Filters the overview while a person types. The fragment of the address holds search and filters, so that the address
 * can be sent to somebody. Without scripts the page shows everything.
 */
export const pageScript = `"use strict";
{
    const at = (id) => document.getElementById(id);
    const fields = { q: at("q"), client: at("client"), live: at("live"), drift: at("drift"), cert: at("cert") };
    const [count, none, reset] = [at("count"), at("none"), at("reset")];
    // Baeckerei with its dots is found without them, too
    const plain = (text) => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
    let clients;
    const read = () => {
        clients = [];
        for (const body of document.querySelectorAll("tbody")) {
            if (body.className === "client") clients.push({ body, id: body.dataset.id, text: plain(body.dataset.name + " " + body.dataset.id), sites: [] });
            else {
                const client = clients[clients.length - 1];
                const { live, drifted, days } = body.dataset;
                const text = client.text + " " + plain([...body.querySelectorAll("th, td")].map((cell) => cell.textContent).join(" "));
                client.sites.push({ body, text, live, drifted: drifted !== undefined, soon: Number(days) < ${soonDays} });
            }
        }
    };
    const choice = () => {
        const chosen = new URLSearchParams();
        for (const [key, field] of Object.entries(fields)) {
            const value = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value.trim();
            if (value !== "") chosen.set(key, value);
        }
        return chosen;
    };
    const show = () => {
        if (clients === undefined) read();
        const words = plain(fields.q.value).split(/\\s+/).filter(Boolean);
        const { client: { value: only }, live: { value: live }, drift: { checked: drifted }, cert: { checked: soon } } = fields;
        const isAll = choice().size === 0;
        let [shown, all] = [0, 0];
        for (const client of clients) {
            const isChosen = only === "" || client.id === only;
            let some = false;
            for (const site of client.sites) {
                const fits = isChosen && (live === "" || site.live === live) && (!drifted || site.drifted) && (!soon || site.soon) && words.every((word) => site.text.includes(word));
                if (site.body.hidden === fits) site.body.hidden = !fits;
                if (fits) shown += 1;
                some = some || fits;
                all += 1;
            }
            // a client without sites is found by its name
            const bare = client.sites.length === 0 && isChosen && live === "" && !drifted && !soon && words.every((word) => client.text.includes(word));
            client.body.hidden = !(some || bare || isAll);
            some = some || bare;
        }
        count.textContent = shown.toLocaleString("en") + " of " + all.toLocaleString("en") + " sites";
        none.hidden = clients.some(({ body }) => !body.hidden);
        reset.hidden = isAll;
        document.body.classList.toggle("filtered", !isAll);
    };
    // browsers refuse to note more than a few addresses a second
    let timer;
    const remember = () => { clearTimeout(timer); timer = setTimeout(() => history.replaceState(null, "", "#" + choice()), 200); };
    let waiting = false;
    const showSoon = () => {
        if (!waiting) requestAnimationFrame(() => { waiting = false; show(); });
        waiting = true;
    };
    const recall = () => {
        clearTimeout(timer);
        const chosen = new URLSearchParams(location.hash.slice(1));
        for (const [key, field] of Object.entries(fields)) {
            if (field.type === "checkbox") field.checked = chosen.get(key) === "1";
            else field.value = chosen.get(key) ?? "";
            if (field.selectedIndex === -1) field.value = "";
        }
        show();
    };
    for (const field of Object.values(fields)) field.addEventListener("input", () => { showSoon(); remember(); });
    fields.q.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        show();
        document.querySelector("tbody.site:not([hidden]) a")?.focus();
    });
    reset.addEventListener("click", () => { location.hash = ""; recall(); fields.q.focus(); });
    addEventListener("hashchange", recall);
    at("controls").hidden = false;
    recall();
}
`;
