/** The names of this package's settings in a stack config, where they stand after `section:`. */
export const settingNames: readonly string[] = [
    "endpoint",
    "token",
    "adopt",
    "allowLiveDelete",
    "maxDeletes",
    "patience",
    "plugin",
    "requirePlatform",
    "resolver",
];
