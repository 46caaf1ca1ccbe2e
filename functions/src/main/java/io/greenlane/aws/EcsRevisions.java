package io.greenlane.aws;

import io.greenlane.taskdefinition.RegistrationThrottledException;
import io.greenlane.taskdefinition.Revision;
import io.greenlane.taskdefinition.Revisions;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Task definition revisions of ECS, read and written as whole JSON documents. */
public final class EcsRevisions implements Revisions {
    private static final int MOST = 10;

    private final EcsClient ecs;

    public EcsRevisions(EcsClient ecs) {
        this.ecs = ecs;
    }

    @Override
    public Revision describe(String arn) {
        RawJson raw = RawJson.keepingTheAnswer();
        ecs.describeTaskDefinition(call -> call.taskDefinition(arn).include(TaskDefinitionField.TAGS)
                .overrideConfiguration(raw::attach));
        return Revision.from(raw.answer());
    }

    @Override
    public List<Revision> newest(Revision notBefore) {
        long oldest = number(notBefore.arn());
        String family = familyArn(notBefore.arn());
        return ecs.listTaskDefinitions(call -> call.familyPrefix(notBefore.family())
                .status(TaskDefinitionStatus.ACTIVE).sort(SortOrder.DESC).maxResults(MOST)).taskDefinitionArns()
                .stream().filter(arn -> familyArn(arn).equals(family) && number(arn) >= oldest).map(this::describe)
                .toList();
    }

    @Override
    public Revision register(Map<String, Object> request) {
        RawJson raw = RawJson.sending(request);
        String family = String.valueOf(request.get("family"));
        try {
            ecs.registerTaskDefinition(call -> call.family(family).overrideConfiguration(raw::attach));
        } catch (EcsException e) {
            throw e.isThrottlingException() ? new RegistrationThrottledException(family, e) : e;
        }
        return Revision.from(raw.answer());
    }

    private static String familyArn(String arn) {
        return arn.substring(0, arn.lastIndexOf(':'));
    }

    private static long number(String arn) {
        return Long.parseLong(arn.substring(arn.lastIndexOf(':') + 1));
    }
}
