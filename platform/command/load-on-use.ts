/**
 * Loads parts when a command runs: loading the whole service takes longer than the work of most commands. `require`,
 * because TypeScript run from its source by tsx does not resolve a relative `import()` in CommonJS.
 */
export const loadPlatform = () => require("../index") as typeof import("../index");
export const loadContext = () => require("../open-context") as typeof import("../open-context");
export const loadOrders = () => require("../service/orders") as typeof import("../service/orders");
