import {
    findApplication,
    findDomain,
    findEnvironment,
    findEstate,
    findOrganization,
    findTokenToHide,
    type Properties,
    type Run,
    shapeError,
} from "pulumi-section/internal";
import type { SectionProvider } from "./section-provider";

type Client = ReturnType<Run["openSession"]>["client"];

/** Functions that ask the platform, by their names in the schema. */
const lookups: Readonly<Record<string, (client: Client, args: never) => Promise<object>>> = {
    getOrganization: findOrganization,
    getApplication: findApplication,
    getEnvironment: findEnvironment,
    getDomain: findDomain,
    getEstate: findEstate,
};

/** Functions that read files of the program's folder. The SDK, which they need, takes 0.4 s to load. */
const readers: Readonly<Record<string, (args: Properties) => object>> = {
    configFrom: ({ sources, ...options }) => {
        const { configFrom } = require("pulumi-section") as typeof import("pulumi-section");
        return { config: configFrom(sources as never, options as never) };
    },
};

/**
 * The result of a function of the schema.
 *
 * @param token such as `section:index:getOrganization`
 */
export async function callFunction(provider: SectionProvider, token: string, args: Properties): Promise<Properties> {
    const name = token.split(":").at(-1) ?? "";
    const [lookUp, read] = [lookups[name], readers[name]];
    try {
        if (read !== undefined) return { ...read(args) };
        if (lookUp !== undefined) return { ...(await lookUp(provider.openSession().client, args as never)) };
    } catch (error) {
        throw shapeError(error, name, findTokenToHide(provider.config));
    }
    throw new Error(`${token} is no function of this plugin`);
}
