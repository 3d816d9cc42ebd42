import path from "node:path";
import { engineFolder } from "./stack";

interface Tool {
    findBuiltLanguages(): Promise<string | undefined>;
}

/**
 * PATH with the language hosts behind the engine. Undefined where nothing has built them: `npm run test:long` and
 * `node tools/pulumi/find-languages.mjs` do.
 */
export async function pathWithLanguages(): Promise<string | undefined> {
    const { findBuiltLanguages } = (await import(path.resolve("tools/pulumi/find-languages.mjs"))) as Tool;
    const languages = await findBuiltLanguages();
    if (languages === undefined) return undefined;
    return [await engineFolder(), languages, process.env.PATH].join(path.delimiter);
}
