import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Api } from "../../support/api";
import { applicationArchive } from "../../support/archive";
import { git, mustGit } from "../../support/git";

/** Nothing may take longer, whatever is wrong with the machine. */
const patienceMs = 25_000;

/** Words of an answer that says nothing. */
const isNaked = (words: string) => words.trim() === "" || /unexpected failure|the platform failed; push/.test(words);

interface Outcome {
    isDone: boolean;
    status: number;
    words: string;
}

/** What a fault made of the requests of a writer. */
export interface Counts {
    done: number;
    refused: number;
    faults: string[];
}

/**
 * Works on a site of its own in every way there is, one step after the other, and remembers what was acknowledged. A step
 * that fails has to say why, in time.
 */
export class SiteWriter {
    readonly counts: Counts = { done: 0, refused: 0, faults: [] };
    /** What a refusal may be beside 503 with Retry-After, such as the 500 that says that there is damage. */
    mayAnswer: (status: number, words: string) => boolean = () => false;
    readonly #facts = new Map<string, (api: Api) => Promise<boolean>>();
    #steps = 0;

    private constructor(
        readonly url: string,
        readonly token: string,
        readonly account: number,
        readonly application: number,
        private readonly clone: string,
    ) {}

    /** Makes the site while the machine is well. */
    static async begin(url: string, token: string, folder: string, name = "acme"): Promise<SiteWriter> {
        const { account, application, gitUrl } = await new Api(url, token).makeSite(name, `www.${name}.example`);
        const clone = path.join(folder, `clone-${name}`);
        await mkdir(folder, { recursive: true });
        await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
        return new SiteWriter(url, token, account, application, clone);
    }

    get site(): string {
        return `/account/${this.account}/application/${this.application}`;
    }

    get acknowledged(): number {
        return this.#facts.size;
    }

    /** Reads and writes once in each way. */
    async step(): Promise<void> {
        this.#steps += 1;
        const n = this.#steps;
        await this.#read();
        await this.#commit(n);
        await this.#make(n);
        await this.#push(n);
        await this.#upload();
    }

    /** Reads and writes a little, all at once: for a fault that makes everybody wait. */
    async look(): Promise<void> {
        const production = `/api/v1${this.site}/environment/Production`;
        await Promise.all([
            this.#ask("GET", "/api/v1/account/graph"),
            this.#ask("GET", `${production}/head`),
            this.#ask("POST", `${production}/ipRestrictions`, { ip_blacklist: ["192.0.2.251"] }),
            this.#git("fetch", "--quiet", "origin"),
            this.#upload(),
        ]);
    }

    /** Reads in every way. */
    async #read(): Promise<void> {
        const production = `${this.site}/environment/Production`;
        for (const at of ["/account/graph", `${production}/head`, `${production}/commits`])
            await this.#ask("GET", `/api/v1${at}`);
        await this.#ask("GET", "/sign-in", undefined, { accept: "text/html" });
        await this.#git("fetch", "--quiet", "origin");
    }

    async #commit(n: number): Promise<void> {
        const at = `/api/v1${this.site}/environment/Production/ipRestrictions`;
        const ip = `192.0.2.${n % 250}`;
        const { isDone } = await this.#ask("POST", at, { ip_blacklist: [ip] });
        // what follows may be done without having been acknowledged: only the number of commits is known
        if (!isDone) return;
        const head = await this.#ask("GET", `/api/v1${this.site}/environment/Production/head`);
        if (head.isDone) this.#keepCommit(JSON.parse(head.words).commit);
    }

    async #make(n: number): Promise<void> {
        const name = `env${n}`;
        const hostname = `${name}.${this.application}.example`;
        const body = { name, source_environment_name: "Production", domain_name: hostname };
        const environment = await this.#ask("POST", `/api/v1${this.site}/environment/create`, body);
        if (environment.isDone)
            this.#keep(`environment ${name}`, async (api) => {
                const { commit } = await api.get(`${this.site}/environment/${name}/head`);
                return /^[0-9a-f]{40}$/.test(commit);
            });
        const domain = await this.#ask("POST", `/api/v1${this.site}/environment/Production/domain/shop${hostname}`, {});
        if (domain.isDone)
            this.#keep(`domain shop${hostname}`, async (api) =>
                JSON.stringify(await api.get(`${this.site}/environment/Production`)).includes(`shop${hostname}`),
            );
        const email = `jane${n}@${this.application}.example`;
        const member = { email, accountCapability: "readonly" };
        const membership = await this.#ask("POST", `/api/v1/account/${this.account}/user`, member);
        if (membership.isDone)
            this.#keep(`member ${email}`, async (api) =>
                JSON.stringify(await api.get(`/account/${this.account}/user`)).includes(email),
            );
    }

    async #push(n: number): Promise<void> {
        await mustGit(this.clone, undefined, "fetch", "--quiet", ".", "HEAD");
        await git(this.clone, this.token, "pull", "--quiet", "--rebase", "origin", "Production");
        await writeFile(path.join(this.clone, "note.txt"), `${n}\n`.repeat(2_000));
        await mustGit(this.clone, undefined, "add", "--all");
        await mustGit(this.clone, undefined, "commit", "--quiet", "--allow-empty", "--message", `push ${n}`);
        const pushed = await this.#git("push", "--quiet", "origin", "HEAD:Production");
        if (pushed) this.#keepCommit((await mustGit(this.clone, undefined, "rev-parse", "HEAD")).trim());
    }

    async #upload(): Promise<void> {
        const form = new FormData();
        form.append("file", new Blob([new Uint8Array(await applicationArchive())]), "a.tar.gz");
        form.append("account_id", String(this.account));
        form.append("app_id", String(this.application));
        await this.#ask("POST", "/new/code_upload/v1/upload", form);
    }

    /** Everything that was acknowledged and is not there. */
    async listLost(url = this.url): Promise<string[]> {
        const api = new Api(url, this.token);
        const lost: string[] = [];
        for (const [name, isThere] of this.#facts)
            if (!(await isThere(api).catch((error: Error) => void lost.push(`${name}: ${error.message}`))))
                lost.push(name);
        return [...new Set(lost)];
    }

    #keep(name: string, isThere: (api: Api) => Promise<boolean>): void {
        this.#facts.set(name, isThere);
    }

    /** No push is forced, so a commit that was acknowledged stays in the history. */
    #keepCommit(oid: string): void {
        this.#keep(`commit ${oid}`, async (api) => {
            const { gitUrl } = { gitUrl: (await api.get(this.site)).git_url as string };
            await mustGit(this.clone, this.token, "fetch", "--quiet", gitUrl, "Production");
            const { code } = await git(this.clone, undefined, "merge-base", "--is-ancestor", oid, "FETCH_HEAD");
            return code === 0;
        });
    }

    async #ask(method: string, at: string, body?: unknown, headers: Record<string, string> = {}): Promise<Outcome> {
        const begun = performance.now();
        const what = `${method} ${at}`;
        try {
            const answer = await fetch(this.url + at, {
                method,
                headers: { "section-token": this.token, ...headers },
                body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
                signal: AbortSignal.timeout(patienceMs),
            });
            const words = await answer.text();
            const retryAfter = answer.headers.get("retry-after");
            return this.#count(what, begun, { isDone: answer.status < 300, status: answer.status, words }, retryAfter);
        } catch (error) {
            const { message, cause } = error as Error;
            const words = `${message} ${(cause as Error | undefined)?.message ?? ""}`;
            return this.#count(what, begun, { isDone: false, status: 0, words }, null);
        }
    }

    async #git(...args: string[]): Promise<boolean> {
        const begun = performance.now();
        const { code, stderr } = await git(this.clone, this.token, ...args);
        const outcome = { isDone: code === 0, status: code === 0 ? 200 : 503, words: stderr };
        return this.#count(`git ${args[0]}`, begun, outcome, "git").isDone;
    }

    #count(what: string, begunMs: number, outcome: Outcome, retryAfter: string | null): Outcome {
        const { isDone, status, words } = outcome;
        const ms = Math.round(performance.now() - begunMs);
        if (isDone) this.counts.done += 1;
        else this.counts.refused += 1;
        const isClear = !isNaked(words) && ((status === 503 && retryAfter !== null) || (status >= 400 && status < 500));
        if (ms > patienceMs) this.counts.faults.push(`${what} took ${ms} ms`);
        if (!isDone && !isClear && !this.mayAnswer(status, words))
            this.counts.faults.push(`${what} answered ${status} after ${ms} ms: ${words.slice(0, 400)}`);
        return outcome;
    }
}
