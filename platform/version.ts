/** Of the platform, as in its package.json. */
export const platformVersion = "0.1.0";
