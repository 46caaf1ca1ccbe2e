package io.greenlane.aws;

import io.greenlane.image.Registry;
import io.greenlane.image.Repositories;
import io.greenlane.image.Repository;
import io.greenlane.image.RepositoryName;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** The repositories of the private registry of this account and region. */
public final class EcrRepositories implements Repositories {
    private final EcrClient ecr;

    public EcrRepositories(EcrClient ecr) {
        this.ecr = ecr;
    }

    @Override
    public Optional<Repository> find(RepositoryName name) {
        try {
            return ecr.describeRepositories(call -> call.repositoryNames(name.text())).repositories().stream()
                    .map(found -> new Repository(Registry.ofArn(found.repositoryArn()), name, found.repositoryUri()))
                    .findFirst();
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        }
    }
}
