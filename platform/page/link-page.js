// Runs in the browser, on the pages that links in mails open. The token is the fragment of the address: browsers keep
// it from servers, proxies and their logs. So only this script can ask what the link is for.
(() => {
    const token = location.hash.slice(1);
    const { kind } = document.getElementById("link").dataset;
    const find = (id) => document.getElementById(id);
    const form = document.querySelector("form");
    const button = form.querySelector("button");

    const post = async (path, body, headers = {}) => {
        try {
            const answer = await fetch(path, {
                method: "POST",
                headers: { "content-type": "application/json", ...headers },
                body: JSON.stringify(body),
                credentials: "omit", // else a browser answers 401 by asking for a password itself, over the page
            });
            return { status: answer.status, json: await answer.json() };
        } catch {
            return { status: 0, json: { message: "The platform does not answer. Try again." } };
        }
    };

    const tell = (problem) => {
        find("problem").textContent = problem.charAt(0).toUpperCase() + problem.slice(1);
        find("problem").hidden = problem === "";
    };
    const lead = (title, text) => {
        find("title").textContent = title;
        find("lead").textContent = text;
        document.title = `${title} · Section`;
    };
    /** Shows the way to the sign-in, if this platform has pages. */
    const leadOn = (text = "Sign in", to = "") => {
        const link = find("onward")?.querySelector("a");
        if (link === undefined) return;
        link.textContent = text;
        if (to !== "") link.href = `${link.getAttribute("href")}?${new URLSearchParams({ to })}`;
        find("onward").hidden = false;
    };
    const end = (title, text) => {
        form.hidden = true;
        tell("");
        lead(title, text);
        find("title").focus();
    };
    const refuse = (problem, title = "This link is not valid") => {
        form.hidden = true;
        lead(title, "");
        tell(problem);
        leadOn();
    };

    const sayNames = (names) => {
        const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
        return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
    };

    /** What the link is for, once that is known. */
    let facts = { email: "", accounts: [] };

    const showFacts = async () => {
        const { status, json } = await post("/public/link", { token });
        if (status === 404) return refuse(`${json.message} If you have followed the link before, sign in.`);
        if (status !== 200) return tell(json.message);
        facts = json;
        const names = sayNames(json.accounts.map(({ account_name }) => account_name));
        if (json.needs_password === false) {
            for (const name of ["firstname", "lastname", "password"]) {
                form.elements[name].required = false;
                form.elements[name].closest("label").hidden = true;
            }
            button.textContent = "Accept";
            lead(`Join ${names}`, `You are invited to ${names}. Its admins see your name and number once you accept.`);
        } else if (names !== "") lead(`Join ${names}`, `You are invited to ${names}. Choose a password, then sign in.`);
        find("address").hidden = false;
        find("address").querySelector("input").value = json.email;
        for (const name of ["firstname", "lastname"]) form.elements[name].value ||= json[name];
    };

    const accept = async (fields) => {
        const choice = facts.needs_password === false ? {} : fields;
        const { status, json } = await post(location.pathname, { token, ...choice });
        if (status === 404) return refuse(json.message);
        if (status !== 200) return tell(json.message);
        const [only] = facts.accounts;
        const names = sayNames(facts.accounts.map(({ account_name }) => account_name));
        end(
            names === "" ? "Your password is set" : `You are a member of ${names}`,
            `${facts.needs_password === false ? "" : "Your password is valid from now on. "}Sign in as ${json.email}.`,
        );
        if (facts.accounts.length === 1) leadOn(`Sign in and open ${only.account_name}`, `/account/${only.id}`);
        else leadOn();
    };

    const verify = async ({ email, password, code }) => {
        const bytes = new TextEncoder().encode(`${email}:${password}`);
        const headers = { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
        if (code !== "") headers["section-otp"] = code;
        const { status, json } = await post(location.pathname, { token }, headers);
        if (status === 401) return tell("The e-mail address, the password or the one-time code is wrong.");
        if (status === 404) return refuse(json.message);
        if (status !== 200) return tell(json.message);
        end("Your new e-mail address is verified", `Sign in as ${json.email} from now on.`);
        leadOn();
    };

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        button.disabled = true;
        await (kind === "accept" ? accept : verify)(Object.fromEntries(new FormData(form)));
        button.disabled = false;
    });
    addEventListener("hashchange", () => location.reload()); // another link, opened in the same window
    if (token === "") refuse("Open it from the mail again.", "This link is not complete");
    else if (kind === "accept") void showFacts();
})();
