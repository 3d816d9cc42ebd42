const { PolicyPack } = require("@pulumi/policy");
const { sectionPolicies } = require("..");

new PolicyPack("section", { policies: sectionPolicies });
