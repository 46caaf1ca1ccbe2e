package io.greenlane.hook;

import java.net.URI;
import java.util.Map;

/** Where test traffic goes. */
public interface TestTraffic {
    /**
     * What the deployment brings behind the test listener of its group.
     *
     * @throws io.greenlane.service.ServiceNotDeployableException when the group cannot be tested
     * @throws GreenNotFoundException when the deployment has no task set
     */
    Green green(String application, String deploymentGroup, String deploymentId);

    /** How the test listener shares requests among target groups now, by ARN; what gets none may be missing. */
    Map<String, Integer> weights(Green green);

    /**
     * The new task set.
     *
     * @param address scheme, host and port of the test listener, without a path
     * @param testListener ARN
     * @param targetGroup ARN of the target group that its tasks are registered in
     * @param taskDefinition ARN of the revision that its tasks run
     */
    record Green(URI address, String testListener, String targetGroup, String taskDefinition) {}

    /** The deployment has no task set, so nothing can be tested. */
    final class GreenNotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public GreenNotFoundException(String sentence) {
            super(sentence);
        }
    }
}
