import { measureJson, Problem } from "section-model";
import { nextSlice } from "../slices";

/** The most that a JSON body may have. */
export interface BodyLimits {
    bytes: number;
    /** Numbers, texts, objects and so on, however deep: what it costs to parse and check them. */
    values: number;
}

/** Enough for every body of v1 but those that say so themselves. */
export const usualBody: BodyLimits = { bytes: 1024 * 1024, values: 20_000 };

/** Of a body with the content of files. */
export const contentLimits: BodyLimits = { bytes: Number.POSITIVE_INFINITY, values: 21_000 };

/** The document that a body is; no body is an empty one. Throws `body-too-large` or `invalid-json`. */
export async function readJson(body: unknown, { values }: Pick<BodyLimits, "values"> = usualBody): Promise<unknown> {
    if (!(body instanceof Buffer) || body.length === 0) return {};
    await nextSlice();
    const text = body.toString("utf8").trim();
    if (text === "") return {};
    await nextSlice();
    if (measureJson(text).values > values)
        throw new Problem(
            "body-too-large",
            `the body has more than ${values} values, the most that this request takes`,
        );
    await nextSlice();
    try {
        const document: unknown = JSON.parse(text);
        await nextSlice();
        return document;
    } catch (cause) {
        throw new Problem("invalid-json", `the body is not JSON: ${(cause as Error).message}`, { cause });
    }
}
