package io.greenlane.rehearsal.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The templates of this repository, and parameters for both ways to use them. */
final class ShippedTemplates {
    static final Map<String, String> EXISTING_SERVICE = Map.of("RepositoryName", "shop/web",
            "CodeDeployApplicationName", "AppECS-shop", "DeploymentGroupName", "DgpECS-shop");
    static final Map<String, String> SAMPLE_WEBSITE = Map.of("RepositoryName", "sample-website", "VpcId",
            "vpc-0a1b2c3d", "SubnetIds", "subnet-0a1b2c3d,subnet-4e5f6a7b", "TestListenerCidr", "127.0.0.1/32",
            "HookSubnetIds", "subnet-8c9d0e1f", "HookSecurityGroupIds", "sg-0a1b2c3d",
            "ProductionPort", "18080", "TestPort", "18081", "TerminationWaitMinutes", "5");

    /** What an account may bring for either way. */
    static final Map<String, String> OF_THE_ACCOUNT = Map.of("PermissionsBoundaryArn",
            "arn:aws:iam::111122223333:policy/boundary", "KmsKeyArn",
            "arn:aws:kms:eu-west-1:111122223333:key/0d6b2b6a-9f5e-4c1e-8f0e-2f5b7a3c1d9e", "AlarmTopicArn",
            "arn:aws:sns:eu-west-1:111122223333:on-call", "Approvals", "true", "ApprovalsInChat", "true");

    private ShippedTemplates() {}

    /** The root of the repository: tests run in the module or in the root. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("template.yaml")) ? here : here.resolve("..").normalize();
    }

    static Path main() {
        return root().resolve("template.yaml");
    }

    static Path sampleWebsite() {
        return root().resolve("infrastructure/sample-website.yaml");
    }
}
