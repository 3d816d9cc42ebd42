/** The roles that a membership can have, strongest first. The words are the API's values of `accountCapability`. */
export const capabilities = ["admin", "restrictions-editor", "state", "readonly"] as const;

export type Capability = (typeof capabilities)[number];
