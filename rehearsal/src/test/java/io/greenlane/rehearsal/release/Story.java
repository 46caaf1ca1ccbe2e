package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Something that happens at a site and ends as it should.
 *
 * @param site a new one each time, with functions that served sites before it
 * @param course lets it happen, and asserts how it ended
 */
record Story(String name, Function<WarmFunctions, Site> site, Consumer<Site> course) {
    static final String FIRST = "AfterAllowTestTraffic: { checks: [page], ready_within: 1m }";
    static final String SECOND = "BeforeAllowTraffic: { checks: [page], ready_within: 1m }";

    /** At the sample website under a key of the account's own, where blue is kept for a minute unless the parameters say otherwise. */
    static Story website(String name, Map<String, String> parameters, Consumer<SampleSite> course) {
        Map<String, String> all = new HashMap<>(Map.of("TerminationWaitMinutes", "1", "SecretPath", "/shop/secrets/",
                "KmsKeyArn", AccountKey.ARN));
        all.putAll(parameters);
        return new Story(name, functions -> {
            SampleSite site = new SampleSite(all, functions);
            site.cloud.ssm
                    .putParameter(
                            it -> it.name("/shop/secrets/key").type(ParameterType.SECURE_STRING).value(Canary.SECRET));
            site.validateBy(SampleSite.packed(rules(FIRST, SECOND)));
            return site;
        }, site -> course.accept((SampleSite) site));
    }

    /** A validation file with a secret and these hooks. */
    static String rules(String... hooks) {
        return """
                version: 1
                hooks:
                  %s
                checks:
                  page:
                    request: GET /
                    headers: { x-key: "{{secret:/shop/secrets/key}}" }
                    expect: { status: 200 }
                """.formatted(String.join("\n  ", hooks));
    }

    /** At a group of three services in two waves, under a key of the account's own. */
    static Story group(String name, Map<String, String> parameters, Consumer<GroupSite> course) {
        Map<String, String> all = new HashMap<>(Map.of(GroupSite.STACK + "KmsKeyArn", AccountKey.ARN));
        all.putAll(parameters);
        return new Story(name, functions -> new GroupSite(all, EventSwitches.USUAL, 1, 2, 2),
                site -> course.accept((GroupSite) site));
    }

    /** At a service that was there before, which the stack knows by three names and nothing else. */
    static Story existing(String name, Consumer<GroupSite> course) {
        Map<String, String> names = Map.of(GroupSite.STACK + "Services", "", GroupSite.STACK + "ValidationSource", "",
                GroupSite.STACK + "CodeDeployApplicationName", "member0-Application",
                GroupSite.STACK + "DeploymentGroupName", "member0-DeploymentGroup");
        return new Story(name, functions -> new GroupSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, names,
                VirtualCloud.USUAL_SEED, functions, 1), site -> course.accept((GroupSite) site));
    }
}
