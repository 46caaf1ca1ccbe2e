package io.greenlane.hook;

/** Finds what hooks are to validate. */
@FunctionalInterface
public interface ValidationTargets {
    /**
     * As AWS describes it now.
     *
     * @throws io.greenlane.service.ServiceNotDeployableException when the service cannot be tested
     * @throws Greens.GreenNotFoundException when the deployment has brought nothing
     */
    ValidationTarget find(HookExecution hook);
}
