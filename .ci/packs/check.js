// Runs the rule packs of cdk-nag and the Control Tower rules of cfn-guard over the expanded templates. Every finding must be
// acknowledged in docs/security/acknowledged.json, with reason, owner and a day until which that holds; and every
// acknowledgement must be of use. usage: node check.js FOLDER, which has template.json and sample-website.json
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const cdk = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const nag = require("cdk-nag");
const { CfnGuardValidator } = require("@cdklabs/cdk-validator-cfnguard");

const PACKS = ["AwsSolutionsChecks", "NIST80053R5Checks", "HIPAASecurityChecks", "PCIDSS321Checks", "ServerlessChecks"];
const ACKNOWLEDGED = path.join(__dirname, "../../docs/security/acknowledged.json");

function report(folder) {
    const outdir = path.join(folder, "cdk.out");
    fs.rmSync(outdir, { recursive: true, force: true });
    const app = new cdk.App({ outdir, analyticsReporting: false });
    for (const name of ["template", "sample-website"]) {
        const stack = new cdk.Stack(app, name);
        new CfnInclude(stack, "it", { templateFile: path.join(folder, `${name}.json`) });
    }
    const plugins = [...PACKS.map((pack) => new nag[pack](app)), new CfnGuardValidator()];
    cdk.Validations.of(app).addPlugins(...plugins);
    try {
        app.synth();
    } catch (error) {
        if (!fs.existsSync(path.join(outdir, "validation-report.json"))) {
            throw error;
        }
    }
    return JSON.parse(fs.readFileSync(path.join(outdir, "validation-report.json"), "utf8"));
}

// The CDK's own checks come last; they are those of cfn-lint, which runs by itself.
function findings(reports) {
    const packs = reports.filter((each) => each.pluginName !== "CloudFormation Validate");
    if (packs.length !== PACKS.length + 1) {
        throw new Error(`${packs.length} packs have reported, not ${PACKS.length + 1}`);
    }
    return packs.flatMap((pack) => pack.violations.flatMap((violation) => violation.violatingConstructs.map((construct) => ({
        rule: violation.ruleName.replace(/\[.*/s, ""),
        resource: construct.constructPath.split("/").pop(),
        what: violation.description.trim().split("\n")[0],
    }))));
}

function covers(acknowledgement, finding) {
    return acknowledgement.rules.includes(finding.rule)
        && (acknowledgement.resources.includes("*") || acknowledgement.resources.includes(finding.resource));
}

function main(folder) {
    const found = findings(report(folder).pluginReports);
    const today = new Date().toISOString().slice(0, 10);
    const acknowledged = JSON.parse(fs.readFileSync(ACKNOWLEDGED, "utf8")).packs;
    const problems = [];
    for (const each of acknowledged) {
        if (!(each.reason && each.owner && each.until > today)) {
            problems.push(`The acknowledgement of ${each.rules.join(", ")} needs a reason, an owner and a day to come.`);
        }
        for (const rule of each.rules) {
            if (!found.some((finding) => covers({ ...each, rules: [rule] }, finding))) {
                problems.push(`The acknowledgement of ${rule} is of no use: nothing is found.`);
            }
        }
    }
    for (const finding of found.filter((each) => !acknowledged.some((one) => covers(one, each)))) {
        problems.push(`${finding.rule} ${finding.resource}: ${finding.what}`);
    }
    console.log(`${found.length} findings of ${PACKS.length + 1} packs, acknowledged by ${acknowledged.length} reasons`);
    console.log(problems.join("\n") || "nothing else was found");
    process.exitCode = problems.length === 0 && found.length > 0 ? 0 : 1;
}

main(process.argv[2]);
