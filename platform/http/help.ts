import { Problem } from "section-model";
import { z } from "zod";
import { findHelp } from "../catalogue/help";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const helpAnswer = named("HelpContent", z.strictObject({ title: z.string(), content: z.string() }));

export const helpRoutes = [
    defineRoute({
        operation: "helpGet",
        method: "GET",
        path: "/help/:helpId",
        summary: "A topic of the help, in Markdown",
        access: "user",
        params: z.object({ helpId: z.string().max(300) }),
        failures: [],
        answer: helpAnswer,
        handle: async ({ params: { helpId } }) => {
            const topic = findHelp(helpId);
            if (topic === undefined)
                throw new Problem("not-found", `there is no help on ${JSON.stringify(helpId)}`, {
                    remedy: "Ask for another topic, such as dns",
                });
            return topic;
        },
    }),
];
