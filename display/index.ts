export * from "./completion";
export * from "./html";
export * from "./parallel";
export * from "./progress-line";
