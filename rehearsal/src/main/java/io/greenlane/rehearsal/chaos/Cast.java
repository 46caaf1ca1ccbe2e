package io.greenlane.rehearsal.chaos;

import java.util.List;

/** What there is to befall in a rehearsal; the numbers are a little below those that a rehearsal counted. */
final class Cast {
    /** Functions that make calls, and whose work is done again when it fails: by the workflow, by Lambda, by the next sweep. */
    static final List<Player> REPEATED = List.of(new Player("PlanRelease", 70), new Player("AdmitRelease", 90),
            new Player("RegisterTaskDefinition", 60), new Player("StartDeployment", 300),
            new Player("RecordOutcome", 60), new Player("DeploymentChanged", 60), new Player("TaskStopped", 25),
            new Player("Sweep", 150));
    /** The calls of those that change something. */
    static final List<Player> WRITES = List.of(new Player("AdmitRelease dynamodb PutItem", 10),
            new Player("RegisterTaskDefinition ecs RegisterTaskDefinition", 5),
            new Player("StartDeployment dynamodb PutItem", 15),
            new Player("StartDeployment codedeploy CreateDeployment", 5),
            new Player("DeploymentChanged sfn SendTaskSuccess", 4), new Player("RecordOutcome dynamodb PutItem", 12),
            new Player("RecordOutcome sns Publish", 5));
    /**
     * Functions, and their calls, that the SDK alone repeats: a call that fails for good is a failed verdict, which takes a good
     * version back.
     */
    static final List<Player> JUDGES = List.of(new Player("TestTraffic", 45), new Player("Traffic", 40),
            new Player("RunValidation", 500), new Player("ReportVerdict", 30),
            new Player("ReportVerdict dynamodb PutItem", 6),
            new Player("ReportVerdict codedeploy PutLifecycleEventHookExecutionStatus", 6));
    /** Functions that a workflow invokes, and invokes again when that fails. */
    static final List<Player> INVOKED = List.of(new Player("PlanRelease", 7), new Player("AdmitRelease", 7),
            new Player("RegisterTaskDefinition", 6), new Player("StartDeployment", 30),
            new Player("RecordOutcome", 7), new Player("RunValidation", 9), new Player("ReportVerdict", 9));
    /** Functions that CodeDeploy invokes once: with nobody to invoke them again, only a second invocation is no verdict. */
    static final List<Player> HOOKS = List.of(new Player("TestTraffic", 5), new Player("Traffic", 4));
    /** Rules whose events tell of what the workflow also finds by looking. */
    static final List<Player> NEWS = List.of(new Player("DeploymentChangedStateChange", 10),
            new Player("TaskStoppedStateChange", 15));
    static final String PUSHES = "ImagePushed";

    private Cast() {}

    /**
     * @param name the end of a physical name, which is the logical id unless the template gives another; or that and an
     *     operation
     * @param times how often it can be befallen
     */
    record Player(String name, int times) {}
}
