// The floor of every resource: a dynamic provider that does nothing and says so at once.
let count = 0;

exports.handler = {
    check: async (_olds, news) => ({ inputs: news, failures: [] }),
    diff: async () => ({ changes: false }),
    create: async (inputs) => {
        count += 1;
        return { id: String(count), outs: inputs };
    },
    read: async (id, props) => ({ id, props }),
    update: async (_id, _olds, news) => ({ outs: news }),
    delete: async () => {},
};
