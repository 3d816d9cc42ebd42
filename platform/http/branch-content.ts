import { branchCommitSchema, branchPathSchema } from "section-model";
import { z } from "zod";
import { commitBranch, readContent } from "../service/branch-content";
import { getHead } from "../service/environments";
import { Answer, jsonType } from "./answer";
import { commitAnswer, commitId, headSchema, headToWire } from "./environments";
import { contentLimits } from "./json-body";
import { atEnvironment, environmentParams, placeOfEnvironment } from "./parameters";
import { defineRoute } from "./route";
import { named, noted, shownAs, shownEdits } from "./schema-definitions";
import { formatInSlices } from "./sliced-json";

const extension = "environment.commit";

const mostPaths = 1_000;

/** A parameter that is there once for each path. */
const pathsField = shownAs(
    z.union([branchPathSchema.transform((path) => [path]), z.array(branchPathSchema).max(mostPaths)]).default([]),
    { type: "array", items: { type: "string" }, collectionFormat: "multi", maxItems: mostPaths },
);

/** A text, or bytes that are none. */
const contentField = z.union([z.string(), z.strictObject({ base64: z.base64() })]);

const contentAnswer = named(
    "BranchContent",
    z.strictObject({
        commit: commitAnswer,
        files: z.array(
            z.strictObject({
                path: z.string(),
                mode: z.string(),
                blob: commitId,
                content: contentField.optional(),
            }),
        ),
    }),
);

const madeAnswer = named(
    "MadeCommit",
    headSchema.extend({
        lines: noted(z.array(z.string()), { description: "What git would show a person who pushes the commit" }),
    }),
);

shownAs(branchCommitSchema.shape.files, shownEdits);

export const branchContentRoutes = [
    defineRoute({
        operation: "environmentContent",
        method: "GET",
        path: `${atEnvironment}/content`,
        summary: "The files of an environment's newest commit, with the content of those that `file` names",
        access: "member",
        params: environmentParams,
        query: z.object({
            file: pathsField,
            content: noted(z.literal("all").optional(), {
                description: "The content of all files, as far as 8 MiB go; `file` brings the rest",
            }),
            commit: noted(commitId.optional(), { description: "Another commit, of any branch of the application" }),
            known: noted(commitId.optional(), { description: "204 if the environment is still at this commit" }),
        }),
        failures: [],
        extension,
        countsAsGit: true,
        mayBeEmpty: true,
        answer: contentAnswer,
        handle: async ({ context, member, params, query: { file, content = file, commit, known } }) => {
            const { applicationId, environmentName } = params;
            if (
                known !== undefined &&
                (await getHead(context, member, applicationId, environmentName)).commit === known
            )
                return new Answer(204);
            const seen = await readContent(context, member, placeOfEnvironment(params), { commit, content });
            const found: z.infer<typeof contentAnswer> = { commit: headToWire(seen.commit), files: seen.files };
            return new Answer(200, await formatInSlices(found), jsonType);
        },
    }),
    defineRoute({
        operation: "environmentCommit",
        method: "POST",
        path: `${atEnvironment}/commit`,
        summary: "A commit on top of the one that its author saw, checked as a push is",
        access: ["admin"],
        params: environmentParams,
        body: branchCommitSchema,
        bodyLimits: contentLimits,
        failures: ["push-refused", "head-moved", "limit-reached"],
        extension,
        countsAsGit: true,
        listsFailures: "messages",
        answer: madeAnswer,
        handle: async ({ context, member, params, body }) => {
            const { head, lines } = await commitBranch(context, member, placeOfEnvironment(params), body);
            return { commit: head.commit, tree: head.tree, lines };
        },
    }),
];
