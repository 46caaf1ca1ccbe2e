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
            "ProductionPort", "18080", "TestPort", "18081", "TerminationWaitMinutes", "5");

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
