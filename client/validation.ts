import { z } from "zod";
import type { Client } from "./client";
import { type ChainedProxy, chainedProxySchema, type EnvironmentPlace, environmentPath } from "./environments";
import { toWire } from "./repository/branch-requests";
import type { FileEdits } from "./repository/checkout";
import { isWarning } from "./repository/push-failure";

/** What a push would answer. */
export interface ContentVerdict {
    /** Lines such as `warning: x.vcl includes y.vcl, which is not there`. */
    warnings: string[];
    /** The reasons to refuse it, with their places from 1. */
    problems: { path: string; line?: number; column?: number; message: string }[];
    /** The proxies of the branch with these files. Undefined where the endpoint does not tell. */
    proxychain?: ChainedProxy[];
}

const verdictSchema = z
    .looseObject({
        lines: z.array(z.string()),
        problems: z.array(
            z.looseObject({
                path: z.string(),
                line: z.int().optional(),
                column: z.int().optional(),
                message: z.string(),
            }),
        ),
        proxychain: z.array(chainedProxySchema).optional(),
    })
    .transform(
        ({ lines, problems, proxychain }): ContentVerdict => ({
            warnings: lines.filter(isWarning),
            problems,
            proxychain,
        }),
    );

/**
 * The answer that a push of an environment with these files over it would get. Nothing is written. Needs the extension
 * `environment.validate`.
 */
export function validateContent(client: Client, place: EnvironmentPlace, edits: FileEdits): Promise<ContentVerdict> {
    const files = Object.fromEntries([...edits].map(([file, content]) => [file, toWire(content)]));
    return client.write("POST", `${environmentPath(place)}/validate`, {
        body: { files },
        answer: verdictSchema,
        forgets: [],
    });
}
