#!/usr/bin/env node
require("../dist/command/compile-early.js").compileEarly(process.argv, process.env);
require("../dist/main.js").main(process.argv);
