/** Of this package. */
export const { version } = require("pulumi-section/package.json") as { version: string };
