import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Problem } from "section-model";
import { type ContentProblem, type Findings, problemAt, type VclProgram } from "section-model/content";
import { featuresFile, generateFeatures } from "../catalogue/section-features";
import { type CompilerMessage, isCompiled, isOfMachine, readCompilerMessage } from "./compiler-message";
import { confineVcl, flatName } from "./confine-vcl";
import { runVarnishd } from "./run-varnishd";

const nothing: Findings = { warnings: [], problems: [] };
/** Programs whose findings are kept: many sites have the same one. */
const keptPrograms = 2_000;
/** Each compiler takes a processor for a tenth of a second. */
const mostAtOnce = 2;

const simplest = new Map([["default.vcl", 'vcl 4.0;\nbackend default { .host = "127.0.0.1"; }\n']]);

const unusable = (program: string, reason: string) =>
    new Problem("invalid-input", `${program} ${reason}`, {
        remedy: "Set varnishd to the path of Varnish's own program, or leave the setting away",
    });

/**
 * Compiles VCL with varnishd, which never starts to serve. The program comes from a stranger: it cannot include a file
 * of the machine, bring C, or make the compiler ask the network.
 */
export class VclCompiler {
    readonly #known = new Map<string, Promise<Findings>>();
    readonly #running = new Set<Promise<unknown>>();

    private constructor(
        private readonly program: string,
        /** Such as `7.1`. */
        readonly version: string,
    ) {}

    /** @throws Problem `invalid-input` where the program is no varnishd, or compiles nothing on this machine */
    static async open(program: string): Promise<VclCompiler> {
        const { stderr } = await runVarnishd(program, ["-V"]);
        const version = /\bvarnish-(\d+\.\d+)/.exec(stderr)?.[1];
        if (version === undefined)
            throw unusable(program, `is no varnishd: ${stderr.split("\n")[0] || "it says nothing"}`);
        const compiler = new VclCompiler(program, version);
        const { warnings, problems } = await compiler.compile({ image: "", folder: "", texts: simplest });
        const [reason] = [...warnings, ...problems.map(({ message }) => message)];
        if (reason !== undefined) throw unusable(program, `compiles nothing here: ${reason}`);
        return compiler;
    }

    /** A fault of a program is a problem if this is the image's own version, and else a warning. */
    compile = (vcl: VclProgram): Promise<Findings> => {
        const key = createHash("sha1")
            .update(JSON.stringify([vcl.image, vcl.folder, ...vcl.texts]))
            .digest("base64");
        const found = this.#known.get(key) ?? this.#compile(vcl);
        this.#known.delete(key);
        this.#known.set(key, found);
        const [oldest] = this.#known.keys();
        if (this.#known.size > keptPrograms && oldest !== undefined) this.#known.delete(oldest);
        return found;
    };

    async #compile(vcl: VclProgram): Promise<Findings> {
        while (this.#running.size >= mostAtOnce) await Promise.race(this.#running);
        const running = this.#inFolder(vcl);
        this.#running.add(running);
        try {
            return await running;
        } finally {
            this.#running.delete(running);
        }
    }

    async #inFolder({ image, folder, texts }: VclProgram): Promise<Findings> {
        const work = await mkdtemp(path.join(tmpdir(), "section-vcl-"));
        const home = path.join(work, "vcl");
        try {
            const features = generateFeatures(image, texts.get(featuresFile) ?? "{}") ?? "";
            await mkdir(home);
            const files = new Map([["section-features.vcl", features], ...texts]);
            for (const [name, text] of files)
                await writeFile(
                    path.join(home, flatName(name)),
                    confineVcl(text, (each) => files.has(each)),
                );
            const main = path.join(home, "default.vcl");
            // what varnishd makes of VCL is C, which nobody needs here
            const parameters = [
                `vcl_path=${home}`,
                "vcc_unsafe_path=off",
                "vcc_allow_inline_c=off",
                "cc_command=exit 0",
            ];
            const options = parameters.flatMap((parameter) => ["-p", parameter]);
            const { stderr } = await runVarnishd(this.program, [
                "-C",
                "-j",
                "none",
                "-n",
                path.join(work, "n"),
                "-f",
                main,
                ...options,
            ]);
            if (isCompiled(stderr)) return nothing;
            const message = readCompilerMessage(stderr, home);
            const file = [...files.keys()].find((name) => flatName(name) === message.path);
            return this.#judge({ ...message, path: file ?? "default.vcl" }, { image, folder });
        } finally {
            await rm(work, { recursive: true, force: true, maxRetries: 3 });
        }
    }

    #judge(
        { path: file, line, column, reason }: CompilerMessage,
        { image, folder }: Pick<VclProgram, "image" | "folder">,
    ): Findings {
        const place = `${folder}${file}`;
        const words = `varnishd ${this.version} does not take it: ${reason}`;
        const problem: ContentProblem =
            line === undefined || column === undefined
                ? { path: place, message: `${place}: ${words}` }
                : problemAt(place, { line, column, reason: words });
        const isOwn = image.startsWith(`varnish:${this.version}.`) || image === `varnish:${this.version}`;
        return isOwn && !isOfMachine(reason)
            ? { warnings: [], problems: [problem] }
            : { warnings: [`warning: ${problem.message}`], problems: [] };
    }
}
