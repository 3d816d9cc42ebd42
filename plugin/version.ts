/** Of this package. */
export const { version } = require("pulumi-resource-section/package.json") as { version: string };
