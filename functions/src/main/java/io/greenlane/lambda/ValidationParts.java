package io.greenlane.lambda;

import io.greenlane.aws.AwsDocuments;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployTargets;
import io.greenlane.aws.EcsTargets;
import io.greenlane.aws.S3ReportFiles;
import io.greenlane.hook.HookExecution;
import io.greenlane.hook.ValidationTargets;
import io.greenlane.hook.ValidationWork;
import io.greenlane.hook.ValidationWork.Rules;
import io.greenlane.hook.ValidationWork.Tools;
import io.greenlane.release.Releases;
import io.greenlane.validation.source.DocumentSearch;

/** Puts together what validates. */
final class ValidationParts {
    private ValidationParts() {}

    static ValidationWork work(Surroundings surroundings, ValidationSettings settings) {
        Clients clients = surroundings.clients();
        AwsDocuments documents = clients.documents();
        return new ValidationWork(targets(surroundings, settings),
                new Rules(new DocumentSearch(documents), settings.source(), clients.secrets(settings.secretPaths()),
                        documents, settings.builtIn()),
                new Tools(surroundings.senders(), clients.alarms(), surroundings.pace(), surroundings.random()),
                new S3ReportFiles(clients.s3(), settings.bucket()), surroundings.clock());
    }

    private static ValidationTargets targets(Surroundings surroundings, ValidationSettings settings) {
        Clients clients = surroundings.clients();
        CodeDeployTargets codeDeploy = new CodeDeployTargets(clients.deployments(),
                new Releases(clients.ledger(settings.table()), surroundings.clock()), clients.codeDeployGreen());
        EcsTargets ecs = new EcsTargets(clients.ecs(), clients.loadBalancing());
        return hook -> switch (hook) {
            case HookExecution.CodeDeployHook one -> codeDeploy.find(one);
            case HookExecution.EcsHook one -> ecs.find(one);
        };
    }
}
