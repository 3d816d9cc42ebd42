// The engine reads a thing that it imports without the text that names its provider, and the SDK then fails with a
// TypeError. For resources of this package, a sentence comes in its place.
const type = /^urn:pulumi:[^:]+::[^:]+::(?:.*\$)?pulumi-nodejs:dynamic\/section:(\w+)::(.+)$/s;

/** The sentence for a resource of this package; undefined for any other one. */
function sayRefusal(urn, id) {
    const [, kind, name] = type.exec(urn) ?? [];
    if (kind === undefined) return undefined;
    return `${kind} "${name}" (${id}) cannot be imported by \`pulumi import\`, and nothing was changed. Declare it in the program: up takes the existing thing over by what the arguments name, and the preview says what would change. For many things: npx pulumi-section adopt FOLDER. With the plugin, pulumi import section:index:${kind} works.`;
}

/** Makes every server of this grpc refuse such reads. Other calls come through as they are. */
exports.refuseImport = ({ Server }) => {
    const { addService } = Server.prototype;
    Server.prototype.addService = function add(definition, service) {
        const { read } = service;
        if (typeof read === "function")
            service.read = function readOrRefuse(call, callback) {
                const { request } = call;
                const isImport = !request.getProperties()?.getFieldsMap().has("__provider");
                const sentence = isImport ? sayRefusal(request.getUrn(), request.getId()) : undefined;
                if (sentence === undefined) return read.call(this, call, callback);
                callback(Object.assign(new Error(sentence), { code: 2, details: sentence }));
            };
        return addService.call(this, definition, service);
    };
};
