// Most of the time that @pulumi/pulumi takes to load goes into the compiler and npm's tree reader, with which it
// serialises functions, and into what its automation API needs. A provider does none of that, and a program hardly, so
// these modules are loaded when they are first used.
const Module = require("node:module");

const late = new Set(["typescript", "@npmcli/arborist", "execa", "fdir", "js-yaml", "normalize-package-data"]);
const loadNow = Module._load;

Module._load = (request, parent, isMain) => {
    const load = () => loadNow(request, parent, isMain);
    if (!late.has(request) || !/[\\/]@pulumi[\\/]pulumi[\\/][^@]*$/.test(parent?.filename ?? "")) return load();
    let loaded;
    const get = (_target, key) => {
        if (key === "__esModule") return true; // or its properties would be copied, which is asking for all of them
        loaded ??= load();
        return key === "default" && !loaded.__esModule ? loaded : loaded[key];
    };
    return new Proxy({}, { get });
};
